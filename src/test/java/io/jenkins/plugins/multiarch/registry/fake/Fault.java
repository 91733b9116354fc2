package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What goes wrong with one request. */
public abstract class Fault {

    Fault() {}

    /** Answers in the registry's place, or with its help. */
    abstract Response apply(Request request, Handler registry) throws IOException, InterruptedException;

    private static Fault of(Play play) {
        return new Fault() {
            @Override
            Response apply(Request request, Handler registry) throws IOException, InterruptedException {
                return play.apply(request, registry);
            }
        };
    }

    @FunctionalInterface
    private interface Play {
        Response apply(Request request, Handler registry) throws IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface Change {
        Response apply(Response response, Request request) throws IOException, InterruptedException;
    }

    private static Fault after(Change change) {
        return of((request, registry) -> change.apply(registry.answer(request), request));
    }

    /** The connection is closed before the body of the request is read; nothing has happened. */
    public static Fault reset() {
        return of((request, registry) -> Response.DROPPED);
    }

    /** The connection is closed after this many bytes of the request's body; nothing has happened. */
    public static Fault resetInRequestBody(int bytes) {
        return of((request, registry) -> {
            request.body().readNBytes(bytes);
            return Response.DROPPED;
        });
    }

    /** What was asked is done, and the connection is closed without an answer. */
    public static Fault answerLost() {
        return after((response, request) -> Response.DROPPED);
    }

    /** The registry refuses, whatever was asked; nothing has happened. */
    public static Status status(int status) {
        return new Status(status, "", "", List.of());
    }

    /** There is no answer until the registry is closed or {@link FakeRegistry#release() releases} it. */
    public static Fault hang() {
        return of((request, registry) -> {
            request.hang();
            return Response.DROPPED;
        });
    }

    /** Something else happens just before the request is carried out, as if somebody else had been quicker. */
    public static Fault before(Runnable event) {
        return of((request, registry) -> {
            event.run();
            return registry.answer(request);
        });
    }

    /** Something else happens after the request is carried out and before it is answered. */
    public static Fault after(Runnable event) {
        return after((response, request) -> {
            event.run();
            return response;
        });
    }

    /** The answer names another digest than its content has. */
    public static Fault wrongDigestHeader() {
        return after((response, request) -> response.replacing("Docker-Content-Digest", "sha256:" + "0".repeat(64)));
    }

    /** The answer lacks a header. */
    public static Fault withoutHeader(String name) {
        return after((response, request) -> response.without(name));
    }

    /** The answer has this header, with this value. */
    public static Fault header(String name, String value) {
        return after((response, request) -> response.replacing(name, value));
    }

    /** The answer's body has its length, but another byte in the middle. */
    public static Fault corruptedBody() {
        return after((response, request) -> response.withBody(FaultyBody.corrupted(response.body())));
    }

    /** The answer's body ends after this many bytes, and its Content-Length says the same. */
    public static Fault truncatedBody(int bytes) {
        return after((response, request) -> response.withBody(FaultyBody.truncated(response.body(), bytes)));
    }

    /** The connection is closed after this many bytes of the answer's body, of which more were announced. */
    public static Fault resetInResponseBody(int bytes) {
        return after((response, request) -> response.withBody(FaultyBody.cut(response.body(), bytes)));
    }

    /** After this many bytes of its body nothing more comes of the answer; the connection stays open. */
    public static Fault stalledBody(int bytes) {
        return after((response, request) -> response.withBody(FaultyBody.stalled(response.body(), bytes, request)));
    }

    /** The answer's body comes in pieces of this many bytes, a pause of so many milliseconds before each. */
    public static Fault slowBody(int bytes, long pauseMillis) {
        return after((response, request) -> response.withBody(FaultyBody.slow(response.body(), bytes, pauseMillis)));
    }

    /** After the answer's body, spaces follow without end and without a Content-Length. */
    public static Fault endlessBody() {
        return after((response, request) -> response.withBody(FaultyBody.endless(response.body())));
    }

    /** The answer's body is filled up with spaces to this length. */
    public static Fault oversizedBody(long bytes) {
        return after((response, request) -> response.withBody(FaultyBody.padded(response.body(), bytes)));
    }

    /** The answer's body is this text, all else being as it was. */
    public static Fault body(String text) {
        return after((response, request) -> response.withBody(Body.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** The client is sent elsewhere (307). */
    public static Fault redirect(String location) {
        return status(307).withHeader("Location", location);
    }

    /** A refusal with a status, and more about it. */
    public static final class Status extends Fault {
        private final int status;
        private final String code;
        private final String message;
        private final List<Map.Entry<String, String>> headers;

        private Status(int status, String code, String message, List<Map.Entry<String, String>> headers) {
            this.status = status;
            this.code = code;
            this.message = message;
            this.headers = List.copyOf(headers);
        }

        /** With an error document of the distribution-spec. */
        public Status error(String errorCode, String errorMessage) {
            return new Status(status, errorCode, errorMessage, headers);
        }

        public Status retryAfter(int seconds) {
            return withHeader("Retry-After", Integer.toString(seconds));
        }

        public Status withHeader(String name, String value) {
            List<Map.Entry<String, String>> more = new ArrayList<>(headers);
            more.add(Map.entry(name, value));
            return new Status(status, code, message, more);
        }

        @Override
        Response apply(Request request, Handler registry) throws IOException {
            request.drain();
            Response response = code.isEmpty() ? Response.of(status) : Response.error(status, code, message);
            for (Map.Entry<String, String> header : headers) {
                response = response.with(header.getKey(), header.getValue());
            }
            return response;
        }
    }
}

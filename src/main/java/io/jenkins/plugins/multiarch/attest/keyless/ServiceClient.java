package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Asks the services of a Sigstore instance: each answer bounded in bytes and time, no redirect followed, and asked again
 * where the service is overloaded or silent. All that is asked for may be asked for twice.
 */
final class ServiceClient {
    /** Of an answer, in bytes; a log repeats what it took in. */
    static final int MAX_ANSWER = 32 << 20;

    private static final String USER_AGENT = "multiarch-release";
    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final int ATTEMPTS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client;
    private final Duration pause;
    private final UnaryOperator<String> hidden;

    /**
     * @param pause before the second attempt; doubles with each
     * @param hidden takes secrets out of what a service says
     */
    ServiceClient(HttpClient client, Duration pause, UnaryOperator<String> hidden) {
        this.client = client;
        this.pause = pause;
        this.hidden = hidden;
    }

    /** An answer of a service. */
    record Answer(int status, String location, byte[] body) {}

    /** Sends a body and gives the answer, whatever its status says, unless that is a passing fault. */
    Answer post(URI address, String type, String accept, byte[] body) throws InterruptedException {
        return ask(HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .header("Accept", accept)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    Answer get(URI address, String accept) throws InterruptedException {
        return ask(HttpRequest.newBuilder(address).header("Accept", accept));
    }

    /** As {@link #post}, of JSON, refusing all but a success. */
    byte[] postJson(URI address, byte[] body) throws InterruptedException {
        return success(address, post(address, "application/json", "application/json", body));
    }

    /** The body of an answer that is a success. */
    byte[] success(URI address, Answer answer) {
        if (answer.status() / 100 != 2) {
            String words = new String(answer.body(), StandardCharsets.UTF_8);
            throw new ReleaseException(
                    "The signing service at " + address + " answered " + answer.status() + ": "
                            + Shown.of(hidden.apply(words)) + ".",
                    cure(answer.status()));
        }
        return answer.body();
    }

    private static String cure(int status) {
        return status == 400 || status == 401 || status == 403
                ? "Check that the token is for this Sigstore instance, has not expired, and is of an issuer that it knows."
                : "Check the address of the service, and ask whoever runs it.";
    }

    private Answer ask(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest ready =
                request.header("User-Agent", USER_AGENT).timeout(LIMIT).build();
        for (int attempt = 1; ; attempt++) {
            try {
                Answer answer = once(ready);
                if (!TEMPORARY.contains(answer.status()) || attempt == ATTEMPTS) {
                    return answer;
                }
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new ReleaseException(
                            "The signing service at " + ready.uri() + " gave no answer: "
                                    + Shown.of(hidden.apply(String.valueOf(e.getMessage()))) + ".",
                            "Check the address of the service, and that it can be reached from here.",
                            e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(pause.toMillis() << attempt - 1);
        }
    }

    private Answer once(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, info -> new BoundedBody(MAX_ANSWER));
        try {
            HttpResponse<byte[]> response = pending.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("no answer within " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}

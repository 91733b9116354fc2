package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Another API at a fake registry's address, beside that of the registry. Faults can be planned for it as well. */
@FunctionalInterface
public interface Api {
    Reply answer(Asked asked) throws IOException;

    /** A request, with its path as it was sent: encoded. */
    final class Asked {
        private static final int LIMIT = 1 << 20;

        private final Request request;
        private final byte[] body;

        Asked(Request request) throws IOException {
            this.request = request;
            this.body = request.body().readNBytes(LIMIT);
        }

        public String method() {
            return request.method();
        }

        public String path() {
            return request.rawPath();
        }

        public String rawQuery() {
            return request.rawQuery();
        }

        public Optional<String> parameter(String name) {
            return request.query().get(name);
        }

        public int number(String name, int otherwise) {
            return parameter(name).map(Integer::parseInt).orElse(otherwise);
        }

        public Optional<String> header(String name) {
            return request.header(name);
        }

        public String origin() {
            return request.origin();
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /** An answer. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        public static Reply of(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        public static Reply json(int status, JsonNode json) {
            return new Reply(status, Map.of("Content-Type", "application/json"), Json.write(json));
        }

        public static Reply text(int status, String text) {
            return new Reply(status, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
        }

        public Reply with(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Reply(status, all, body);
        }

        Response response() {
            Response response = Response.of(status);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                response = response.with(header.getKey(), header.getValue());
            }
            return response.withBody(Body.of(body));
        }
    }
}

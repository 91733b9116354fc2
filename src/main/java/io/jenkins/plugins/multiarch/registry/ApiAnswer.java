package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** What an API answered, read to its end. Its text shows neither headers nor body. */
public record ApiAnswer(ApiRequest request, int status, HttpHeaders headers, byte[] bytes) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The body, which has to be a JSON object. */
    public ObjectNode json() {
        return Json.readFew(bytes, named());
    }

    /** The body, which has to be a JSON list. */
    public ArrayNode list() {
        return Json.readList(bytes, named());
    }

    private String named() {
        return "The answer to " + request;
    }

    /** The code that an error has in it, such as {@code PRECONDITION} or {@code ThrottlingException}; or empty. */
    public String code() {
        JsonNode error = error();
        String code = first(error.path("errors").path(0).path("code"), error.path("code"), error.path("__type"));
        return Shown.of(request.blotted(code.substring(code.lastIndexOf('#') + 1)));
    }

    /** The words that an error has in it, or empty. */
    public String message() {
        JsonNode error = error();
        String said = error.isEmpty()
                ? new String(bytes, StandardCharsets.UTF_8)
                : first(
                        error.path("errors").path(0).path("message"),
                        error.path("message"),
                        error.path("Message"),
                        error.path("detail"));
        return Shown.of(request.blotted(said));
    }

    private static String first(JsonNode... texts) {
        return Stream.of(texts)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    private JsonNode error() {
        try {
            return json();
        } catch (ReleaseException e) {
            return Json.object();
        }
    }

    /** A refusal that says what was asked and what was answered. */
    public RegistryException refusal(String cure) {
        String said = new RegistryErrors.Said(code(), message()).toString();
        return new RegistryException(
                request + " was answered with " + status + said + ".",
                cure,
                status,
                code(),
                Backoff.isTemporary(status),
                null);
    }

    @Override
    public String toString() {
        return request + ": " + status;
    }
}

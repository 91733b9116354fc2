package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer that has not been sent yet, so that a fault can still change it. */
record Response(int status, List<Map.Entry<String, String>> headers, Body body) {
    /** No answer: the connection is closed. */
    static final Response DROPPED = new Response(0, List.of(), Body.NONE);

    boolean isDropped() {
        return status == DROPPED.status;
    }

    static Response of(int status) {
        return new Response(status, List.of(), Body.NONE);
    }

    static Response json(int status, JsonNode json) {
        return of(status).with("Content-Type", "application/json").withBody(Body.of(Json.write(json)));
    }

    static Response text(int status, String text) {
        return of(status)
                .with("Content-Type", "text/plain; charset=utf-8")
                .withBody(Body.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The error document of the distribution-spec, "Error Codes". */
    static Response error(int status, String code, String message) {
        ObjectNode json = Json.object();
        json.putArray("errors").addObject().put("code", code).put("message", message);
        return json(status, json);
    }

    Response with(String name, String value) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.add(Map.entry(name, value));
        return new Response(status, List.copyOf(all), body);
    }

    Response without(String name) {
        List<Map.Entry<String, String>> rest = headers.stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .toList();
        return new Response(status, rest, body);
    }

    Response replacing(String name, String value) {
        return without(name).with(name, value);
    }

    Response withBody(Body replaced) {
        return new Response(status, headers, replaced);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}

package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Annotations in JSON, in the order in which they stand there. */
final class Annotations {

    private Annotations() {}

    static Map<String, String> read(JsonNode json) {
        Map<String, String> all = new LinkedHashMap<>();
        json.fields()
                .forEachRemaining(
                        field -> all.put(field.getKey(), field.getValue().asText()));
        return all;
    }

    static void write(Map<String, String> annotations, ObjectNode parent) {
        if (!annotations.isEmpty()) {
            annotations.forEach(parent.putObject("annotations")::put);
        }
    }
}

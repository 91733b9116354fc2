package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Map;

/** Values as a Pipeline writes them, as JSON, so that they are read like a file of rules and refused in the same words. */
final class PipelineValues {
    private static final int MAX_DEPTH = 10;

    private PipelineValues() {}

    static ObjectNode object(Map<?, ?> map) {
        return object(map, 0);
    }

    private static ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = Json.object();
        map.forEach((key, value) -> {
            if (value != null) {
                object.set(String.valueOf(key), node(value, depth + 1));
            }
        });
        return object;
    }

    private static JsonNode node(Object value, int depth) {
        if (depth <= MAX_DEPTH && value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        if (depth <= MAX_DEPTH && value instanceof Iterable<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        if (value instanceof Boolean bool) {
            return BooleanNode.valueOf(bool);
        }
        if (value instanceof CharSequence || value instanceof Number) {
            return TextNode.valueOf(value.toString());
        }
        throw new ReleaseException(
                "The rules for releases hold a value that is no text, list or map: " + Shown.of(String.valueOf(value))
                        + ".",
                "Write texts, numbers, true, false, lists and maps only.");
    }
}

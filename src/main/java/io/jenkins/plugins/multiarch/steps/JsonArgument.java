package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A map of a Pipeline as the JSON that could be given in its place, numbers as numbers. */
final class JsonArgument {
    /** No document of ours is nested as deeply; what is deeper is left out. */
    private static final int MAX_DEPTH = 10;

    private JsonArgument() {}

    static String of(Map<?, ?> map) {
        return new String(Json.write(object(map, 0)), StandardCharsets.UTF_8);
    }

    private static ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = Json.object();
        map.forEach((key, value) -> object.set(String.valueOf(key), node(value, depth + 1)));
        return object;
    }

    private static JsonNode node(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            return TextNode.valueOf("");
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth);
        }
        if (value instanceof Iterable<?> list) {
            ArrayNode array = Json.object().putArray("");
            list.forEach(item -> array.add(node(item, depth + 1)));
            return array;
        }
        if (value instanceof Boolean bool) {
            return BooleanNode.valueOf(bool);
        }
        return value instanceof Integer number ? IntNode.valueOf(number) : TextNode.valueOf(String.valueOf(value));
    }
}

package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of one object of the rules, each of the kind that it has to be, and none that is not known. */
record Fields(JsonNode json, String place) {

    static Fields of(JsonNode json, String place, Set<String> known) {
        if (!json.isObject()) {
            throw refused(place + " is no map of names and values");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw refused(place + " has '" + Shown.of(name) + "', and known are "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new Fields(json, place);
    }

    static ReleaseException refused(String reason) {
        return new ReleaseException(
                "The rules for releases cannot be used: " + reason + ".",
                "See docs/release-plan.md for what they hold.");
    }

    boolean has(String name) {
        return json.has(name);
    }

    JsonNode get(String name) {
        return json.path(name);
    }

    private String where(String name) {
        return "'" + name + "' of " + place;
    }

    String text(String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw refused(where(name) + " is no text");
        }
        return value.asText("").strip();
    }

    boolean isTrue(String name, boolean unsaid) {
        return yesOrNo(name).orElse(unsaid);
    }

    Optional<Boolean> yesOrNo(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw refused(where(name) + " is neither true nor false");
        }
        return Optional.of(value.asBoolean());
    }

    /** A text, or a list of texts. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : items(name)) {
            if (!value.isTextual()) {
                throw refused(where(name) + " is no list of texts");
            }
            texts.add(value.asText());
        }
        return texts;
    }

    /** The items of a list; one that stands alone is a list of one. */
    List<JsonNode> items(String name) {
        JsonNode value = json.path(name);
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else if (!value.isMissingNode()) {
            items.add(value);
        }
        return items;
    }

    /** Names with texts; numbers, true and false are texts here. */
    Map<String, String> map(String name) {
        JsonNode value = json.path(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (!value.isMissingNode()) {
            if (!value.isObject()) {
                throw refused(where(name) + " is no map of names and values");
            }
            map.putAll(texts(value, where(name)));
        }
        return map;
    }

    static Map<String, String> texts(JsonNode object, String place) {
        Map<String, String> map = new LinkedHashMap<>();
        object.fields().forEachRemaining(field -> {
            if (!field.getValue().isValueNode()) {
                throw refused(place + " holds more than names and texts");
            }
            map.put(field.getKey(), field.getValue().asText());
        });
        return map;
    }
}

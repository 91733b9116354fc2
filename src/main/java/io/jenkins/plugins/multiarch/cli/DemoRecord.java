package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;

/** The release record: what was released, what was moved where, and what the gate found, as it came from each command. */
final class DemoRecord {
    private static final int VERSION = 1;

    private final ObjectNode json = Json.object();
    private final ArrayNode tags;

    DemoRecord(String name, String release) {
        json.put("version", VERSION);
        json.put("name", name);
        json.put("release", release);
        for (String part : new String[] {"image", "releases", "gate", "copy", "referrer", "channels"}) {
            json.putObject(part);
        }
        this.tags = json.putArray("tags");
    }

    /** Notes which digest a release has. */
    void released(String release, ObjectNode image) {
        ((ObjectNode) json.get("releases")).put(release, image.path("digest").asText());
    }

    void put(String part, JsonNode value) {
        json.set(part, value);
    }

    /** Notes the tags that a promotion moved, in the order in which they moved. */
    void moved(ObjectNode promotion) {
        for (JsonNode tag : promotion.path("tags")) {
            tags.add(tag);
            ((ObjectNode) json.get("channels"))
                    .put(tag.path("tag").asText(), tag.path("digest").asText());
        }
    }

    String text(String pointer) {
        return json.at(pointer).asText("");
    }

    ObjectNode toJson() {
        return json.deepCopy();
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.Optional;

/**
 * What would become of the document of a channel.
 *
 * @param target the channel, as in {@code ghcr.io/acme/metadata:prod}
 * @param previous the document that stands there, by the digest of its manifest
 * @param changed whether another one would be written
 * @param document what it would say
 */
public record PlannedChannel(String target, Optional<Digest> previous, boolean changed, ChannelDocument document) {

    /** One line of a plan. */
    public String line() {
        return changed
                ? "Would write the document of the channel " + target + "."
                : "Would keep the document of the channel " + target + ": it says the same already.";
    }

    /** <code>{"target", "previous", "changed", "document": {…}}</code>, the document without its time and history. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("target", target);
        json.put("previous", previous.map(Digest::toString).orElse(""));
        json.put("changed", changed);
        json.set("document", document.saying());
        return json;
    }

    static PlannedChannel read(JsonNode json) {
        String previous = json.path("previous").asText("");
        return new PlannedChannel(
                json.path("target").asText(""),
                previous.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(previous)),
                json.path("changed").asBoolean(),
                ChannelDocument.readDraft(json.path("document")));
    }
}

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
 * @param reason why the channel would stay as it is although the release is another one, or empty
 * @param document what it would say; nothing where there is none and none would be written
 */
public record PlannedChannel(
        String target, Optional<Digest> previous, boolean changed, String reason, Optional<ChannelDocument> document) {

    /** One line of a plan. */
    public String line() {
        if (changed) {
            return "Would write the document of the channel " + target + ".";
        }
        return (previous.isPresent() ? "Would keep the document of the channel " : "Would leave out the channel ")
                + target + ": " + (reason.isEmpty() ? "it says the same already" : reason) + ".";
    }

    /**
     * <code>{"target", "previous", "changed", "reason", "document": {…}}</code>, the document without its time and history; what
     * is empty is left out, but for {@code previous}.
     */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("target", target);
        json.put("previous", previous.map(Digest::toString).orElse(""));
        json.put("changed", changed);
        if (!reason.isEmpty()) {
            json.put("reason", reason);
        }
        document.ifPresent(says -> json.set("document", says.saying()));
        return json;
    }

    static PlannedChannel read(JsonNode json) {
        String previous = json.path("previous").asText("");
        return new PlannedChannel(
                json.path("target").asText(""),
                previous.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(previous)),
                json.path("changed").asBoolean(),
                json.path("reason").asText(""),
                Optional.of(json.path("document")).filter(JsonNode::isObject).map(ChannelDocument::readDraft));
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would become of one tag.
 *
 * @param from the version that stands there, or empty
 * @param to the version that would stand there, or empty
 * @param added platforms that only the new image has
 * @param lost platforms that only the old one has
 */
public record PlannedTag(MovedTag tag, String from, String to, List<Platform> added, List<Platform> lost) {

    public PlannedTag {
        added = List.copyOf(added);
        lost = List.copyOf(lost);
    }

    TagName name() {
        return new TagName(tag.repository(), tag.tag());
    }

    /** One line of a plan. */
    public String line() {
        StringBuilder line = new StringBuilder(tag.planned());
        if (tag.changed() && !to.isEmpty()) {
            line.append(from.isEmpty() ? " Version " + to + "." : " Version " + to + " instead of " + from + ".");
        }
        if (!added.isEmpty() && tag.previous().isPresent()) {
            line.append(" Adds ").append(Platform.list(added)).append('.');
        }
        if (!lost.isEmpty()) {
            line.append(" Loses ").append(Platform.list(lost)).append('.');
        }
        return line.toString();
    }

    ObjectNode toJson() {
        ObjectNode json = tag.toJson();
        json.put("fromVersion", from);
        json.put("toVersion", to);
        array(json.putArray("platformsAdded"), added);
        array(json.putArray("platformsLost"), lost);
        return json;
    }

    private static void array(ArrayNode array, List<Platform> platforms) {
        platforms.forEach(platform -> array.add(platform.toString()));
    }

    static PlannedTag read(JsonNode json) {
        String previous = json.path("previous").asText("");
        return new PlannedTag(
                new MovedTag(
                        Repository.parse(json.path("repository").asText("")),
                        Tag.parse(json.path("tag").asText("")),
                        previous.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(previous)),
                        Digest.parse(json.path("digest").asText("")),
                        json.path("changed").asBoolean(),
                        json.path("reason").asText("")),
                json.path("fromVersion").asText(""),
                json.path("toVersion").asText(""),
                platforms(json.path("platformsAdded")),
                platforms(json.path("platformsLost")));
    }

    private static List<Platform> platforms(JsonNode array) {
        List<Platform> platforms = new ArrayList<>();
        array.forEach(platform -> platforms.add(Platform.parse(platform.asText(""))));
        return platforms;
    }
}

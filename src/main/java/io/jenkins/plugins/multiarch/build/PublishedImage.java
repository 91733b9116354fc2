package io.jenkins.plugins.multiarch.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;

/**
 * An image for several platforms that stands in its registry.
 *
 * @param reference its repository and digest
 * @param tags those that lead to it now
 */
public record PublishedImage(ImageRef reference, List<Tag> tags, List<PublishedPlatform> platforms) {

    public PublishedImage {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
    }

    public Digest digest() {
        return reference.requireDigest();
    }

    /** As {@code --json} and the step's result show it. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("reference", reference.toString());
        json.put("repository", reference.repository().toString());
        json.put("digest", digest().toString());
        tags.stream().map(Tag::name).forEach(json.putArray("tags")::add);
        ArrayNode array = json.putArray("platforms");
        platforms.forEach(platform -> array.add(platform.toJson()));
        return json;
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A release of the past that is gone back to.
 *
 * @param images for each repository what its tags are to lead to
 * @param standing where each tag led when that was found out
 */
record PastRelease(Map<Repository, Digest> images, Map<TagName, Digest> standing, ReturnTo returned) {

    /** What {@link #read} reads. */
    String text() {
        ObjectNode json = Json.object();
        ArrayNode tags = json.putArray("tags");
        standing.forEach((name, digest) -> tags.add(name.toJson()
                .put("stood", digest.toString())
                .put("digest", images.get(name.repository()).toString())));
        json.set("rollback", returned.toJson());
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    static PastRelease read(String text) {
        ObjectNode json = Json.readFew(text.getBytes(StandardCharsets.UTF_8), "What a rollback goes back to");
        Map<Repository, Digest> images = new LinkedHashMap<>();
        Map<TagName, Digest> standing = new TreeMap<>();
        json.path("tags").forEach(tag -> {
            TagName name = TagName.read(tag);
            standing.put(name, Digest.parse(tag.path("stood").asText("")));
            images.put(name.repository(), Digest.parse(tag.path("digest").asText("")));
        });
        return new PastRelease(images, standing, ReturnTo.read(json.path("rollback")));
    }
}

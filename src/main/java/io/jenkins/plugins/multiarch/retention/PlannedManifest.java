package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of one manifest, and why.
 *
 * @param mediaType empty where it cannot be read
 * @param size bytes of the manifest alone
 * @param tags that lead to it now
 * @param reason a clause
 */
public record PlannedManifest(Digest digest, String mediaType, long size, List<Tag> tags, boolean kept, String reason) {
    public PlannedManifest {
        tags = List.copyOf(tags);
    }

    /** For a log. */
    String line() {
        return (kept ? "keep   " : "delete ") + digest + named() + ": " + reason;
    }

    private String named() {
        return tags.isEmpty() ? "" : tags.stream().map(Tag::name).collect(Collectors.joining(", ", " (", ")"));
    }

    /** <code>{"digest", "mediaType", "size", "tags": [], "kept", "reason"}</code>. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("digest", digest.toString());
        json.put("mediaType", mediaType);
        json.put("size", size);
        tags.forEach(tag -> json.withArray("tags").add(tag.name()));
        json.put("kept", kept);
        json.put("reason", reason);
        return json;
    }
}

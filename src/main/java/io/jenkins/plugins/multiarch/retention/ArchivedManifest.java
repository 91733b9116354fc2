package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A manifest that was there, with the tags that led to it. */
public record ArchivedManifest(Repository repository, Manifest manifest, List<Tag> tags) {
    public ArchivedManifest {
        tags = List.copyOf(tags);
    }

    Digest digest() {
        return manifest.digest();
    }

    /** <code>{"repository", "digest", "mediaType", "tags": [], "manifest"}</code>, the manifest's bytes in Base64. */
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("repository", repository.toString());
        json.put("digest", digest().toString());
        json.put("mediaType", manifest.mediaType());
        ArrayNode names = json.putArray("tags");
        tags.forEach(tag -> names.add(tag.name()));
        json.put("manifest", Base64.getEncoder().encodeToString(manifest.bytes()));
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ReleaseException if it is none, or its bytes have another digest
     */
    static ArchivedManifest read(ObjectNode json) {
        try {
            byte[] bytes = Base64.getDecoder().decode(json.path("manifest").asText(""));
            List<Tag> tags = new ArrayList<>();
            json.path("tags").forEach(tag -> tags.add(new Tag(tag.asText(""))));
            return new ArchivedManifest(
                    Repository.parse(json.path("repository").asText("")),
                    Manifest.parse(
                            bytes,
                            json.path("mediaType").asText(""),
                            Digest.parse(json.path("digest").asText(""))),
                    tags);
        } catch (IllegalArgumentException e) {
            throw new ReleaseException(
                    "A line of the archive holds a manifest that is not in Base64.",
                    "Use the archive as pruning wrote it.",
                    e);
        }
    }
}

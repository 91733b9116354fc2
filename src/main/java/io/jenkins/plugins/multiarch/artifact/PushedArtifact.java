package io.jenkins.plugins.multiarch.artifact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An artifact that is in its registry.
 *
 * @param reference the repository and the digest of its manifest
 * @param artifactType what it is
 * @param tags that lead to it, as far as they were asked for
 * @param files its blobs by the names of the files
 */
public record PushedArtifact(ImageRef reference, String artifactType, List<Tag> tags, Map<String, Blob> files) {

    public PushedArtifact {
        tags = List.copyOf(tags);
        files = new LinkedHashMap<>(files);
    }

    @Override
    public Map<String, Blob> files() {
        return new LinkedHashMap<>(files);
    }

    /** {@code reference}, {@code repository}, {@code digest}, {@code artifactType}, {@code tags} and {@code files}. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("reference", reference.toString());
        json.put("repository", reference.repository().toString());
        json.put("digest", reference.reference().toString());
        json.put("artifactType", artifactType);
        tags.stream().map(Tag::name).forEach(json.putArray("tags")::add);
        ArrayNode array = json.putArray("files");
        files.forEach((name, blob) -> array.addObject()
                .put("name", name)
                .put("mediaType", blob.descriptor().mediaType())
                .put("digest", blob.digest().toString())
                .put("size", blob.size()));
        return json;
    }
}

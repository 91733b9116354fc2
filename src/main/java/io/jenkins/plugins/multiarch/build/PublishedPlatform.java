package io.jenkins.plugins.multiarch.build;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;

/**
 * One image of an index.
 *
 * @param size of its manifest in bytes
 * @param attestations BuildKit's manifests of provenance and SBOM beside it
 */
public record PublishedPlatform(Platform platform, Digest digest, long size, List<Digest> attestations) {

    public PublishedPlatform {
        attestations = List.copyOf(attestations);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("platform", platform.toString());
        json.put("digest", digest.toString());
        json.put("size", size);
        attestations.stream().map(Digest::toString).forEach(json.putArray("attestations")::add);
        return json;
    }
}

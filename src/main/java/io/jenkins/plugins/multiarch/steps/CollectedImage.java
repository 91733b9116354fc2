package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An image of one platform as it was found where it was built.
 *
 * @param root what leads to it: its own manifest, or an index of that and its attestations
 * @param manifest its own
 * @param archive digest and size of the OCI archive that was kept of it
 */
record CollectedImage(Digest root, Descriptor manifest, List<Descriptor> attestations, Optional<Descriptor> archive) {

    static CollectedImage of(BuiltOutput output, Optional<Descriptor> archive) {
        return new CollectedImage(output.digest(), output.image(), output.attestations(), archive);
    }

    /** It as part of an index that is not published yet, or never. */
    ForeseenIndex.Entry entry(Platform platform) {
        return new ForeseenIndex.Entry(platform, manifest, attestations);
    }

    /** @throws java.util.NoSuchElementException if no archive was kept of it */
    StagedPlatform staged(Platform platform) {
        return new StagedPlatform(platform, manifest, attestations, archive.orElseThrow());
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("root", root.toString());
        ArrayNode manifests = json.putArray("manifests").add(manifest.toJson());
        attestations.forEach(attestation -> manifests.add(attestation.toJson()));
        ArrayNode archives = json.putArray("archives");
        archive.ifPresent(kept -> archives.add(kept.toJson()));
        return json;
    }

    static CollectedImage parse(String text) {
        return read(Json.read(text.getBytes(StandardCharsets.UTF_8), "What was found of a platform"));
    }

    static CollectedImage read(JsonNode json) {
        List<Descriptor> manifests = Descriptor.readAll(json.path("manifests"));
        return new CollectedImage(
                Digest.parse(json.path("root").asText()),
                manifests.get(0),
                manifests.subList(1, manifests.size()),
                Descriptor.readAll(json.path("archives")).stream().findFirst());
    }
}

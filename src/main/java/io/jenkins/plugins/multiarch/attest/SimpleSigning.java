package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.KnownNames;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;

/** What cosign signs in a {@code .sig} tag: a digest, and the name that the image had (containers/image, "atomic"). */
final class SimpleSigning {
    private static final String TYPE = "cosign container image signature";
    private static final KnownNames NAMES = KnownNames.of("optional")
            .with("critical", KnownNames.of("identity", "type").with("image", KnownNames.of("docker-manifest-digest")));

    private SimpleSigning() {}

    static byte[] payload(Repository repository, Digest image) {
        ObjectNode json = Json.object();
        ObjectNode critical = json.putObject("critical");
        critical.putObject("identity").put("docker-reference", repository.toString());
        critical.putObject("image").put("docker-manifest-digest", image.toString());
        critical.put("type", TYPE);
        json.putNull("optional");
        return Json.write(json);
    }

    /**
     * Which image a payload is about.
     *
     * @throws ReleaseException if it is no simple signature, or names no digest
     */
    static Digest image(byte[] payload) {
        JsonNode critical = Json.readFew(payload, "The simple signature", NAMES).path("critical");
        if (!critical.path("type").asText().equals(TYPE)) {
            throw new ReleaseException(
                    "The payload is not the simple signature of an image.", "Sign the image again with cosign.");
        }
        return Digest.parse(
                critical.path("image").path("docker-manifest-digest").asText());
    }
}

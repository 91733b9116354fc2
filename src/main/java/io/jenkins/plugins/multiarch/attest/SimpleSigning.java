package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;

/** What cosign signs in a {@code .sig} tag: a digest, and the name that the image had (containers/image, "atomic"). */
final class SimpleSigning {
    private static final String TYPE = "cosign container image signature";

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

    /** Whether a payload says that it is about this image. */
    static boolean isAbout(Digest image, byte[] payload) {
        ObjectNode critical = Json.read(payload, "The simple signature").withObject("/critical");
        return critical.path("type").asText().equals(TYPE)
                && critical.path("image")
                        .path("docker-manifest-digest")
                        .asText()
                        .equals(image.toString());
    }
}

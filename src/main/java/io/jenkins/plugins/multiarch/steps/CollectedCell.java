package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was found where a platform was built, as text on its way from the agent. */
record CollectedCell(String root, String descriptors) implements Serializable {
    private static final long serialVersionUID = 1L;

    static CollectedCell of(BuiltOutput output) {
        var array = Json.object().putArray("descriptors");
        array.add(output.image().toJson());
        output.attestations().forEach(attestation -> array.add(attestation.toJson()));
        return new CollectedCell(
                output.digest().toString(),
                new String(Json.write(Json.object().set("descriptors", array)), StandardCharsets.UTF_8));
    }

    BuiltCell.Image image(BuiltCell.Facts how) {
        List<Descriptor> all =
                Descriptor.readAll(Json.read(descriptors.getBytes(StandardCharsets.UTF_8), "The result of a platform")
                        .path("descriptors"));
        return new BuiltCell.Image(Digest.parse(root), all.get(0), all.subList(1, all.size()), how);
    }
}

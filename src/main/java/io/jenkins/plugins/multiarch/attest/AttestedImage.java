package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/**
 * An image with the evidence that lies beside it now.
 *
 * @param image pinned to its digest
 * @param signer in words
 */
public record AttestedImage(ImageRef image, String signer, List<StoredAttestation> attestations) {

    public AttestedImage {
        attestations = List.copyOf(attestations);
    }

    /** Whether anything was written. */
    public boolean changed() {
        return attestations.stream().anyMatch(StoredAttestation::changed);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("reference", image.toString());
        json.put("digest", image.requireDigest().toString());
        json.put("signer", signer);
        ArrayNode array = json.putArray("attestations");
        attestations.forEach(one -> array.add(one.toJson()));
        return json;
    }
}

package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;

/**
 * One piece of evidence beside one manifest.
 *
 * @param subject what it is about
 * @param place the digest of the referrer, or one of cosign's tags
 * @param changed whether it was put there now; false where the same was there already
 */
public record StoredAttestation(Digest subject, String predicateType, String place, boolean changed) {

    ObjectNode toJson() {
        return Json.object()
                .put("subject", subject.toString())
                .put("predicateType", predicateType)
                .put("place", place)
                .put("changed", changed);
    }
}

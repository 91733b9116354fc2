package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * That somebody verified an artifact against a policy, so that others need not (SLSA verification summary v1).
 *
 * @param verifierId the URI of who verified
 * @param resourceUri what was verified, as its users name it
 * @param policy the policy, with its digest where it is a file
 * @param inputs the attestations that were looked at
 * @param levels the SLSA levels that were found, such as {@code SLSA_BUILD_LEVEL_2}
 */
public record VerificationSummary(
        String verifierId,
        Instant timeVerified,
        String resourceUri,
        ResourceDescriptor policy,
        List<ResourceDescriptor> inputs,
        boolean passed,
        List<String> levels) {

    public VerificationSummary {
        inputs = List.copyOf(inputs);
        levels = List.copyOf(levels);
    }

    public Predicate predicate() {
        ObjectNode json = Json.object();
        json.putObject("verifier").put("id", verifierId);
        json.put("timeVerified", timeVerified.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("resourceUri", resourceUri);
        json.set("policy", policy.toJson());
        ResourceDescriptor.write(json, "inputAttestations", inputs);
        json.put("verificationResult", passed ? "PASSED" : "FAILED");
        ArrayNode verified = json.putArray("verifiedLevels");
        (passed ? levels : List.of("FAILED")).forEach(verified::add);
        json.put("slsaVersion", "1.0");
        return Predicate.of(PredicateTypes.VERIFICATION_SUMMARY, json);
    }
}

package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * That somebody verified an artifact against a policy, so that others need not (SLSA verification summary v1). Levels of SLSA
 * are not evaluated: a policy asks for what it wants.
 *
 * @param verifierId the URI of who verified
 * @param resourceUri what was verified
 * @param policy the policy, by the digest of its text
 * @param inputs the attestations that were looked at
 */
public record VerificationSummary(
        String verifierId,
        Instant timeVerified,
        String resourceUri,
        Digest policy,
        List<Digest> inputs,
        boolean passed) {

    public VerificationSummary {
        inputs = List.copyOf(inputs);
    }

    public static VerificationSummary of(
            VerificationVerdict verdict, VerificationPolicy policy, String verifierId, Instant time) {
        return new VerificationSummary(
                verifierId, time, "oci://" + verdict.image(), policy.digest(), verdict.inputs(), verdict.isPassed());
    }

    public Predicate predicate() {
        ObjectNode json = Json.object();
        json.putObject("verifier").put("id", verifierId);
        json.put("timeVerified", timeVerified.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("resourceUri", resourceUri);
        json.set("policy", described(policy).toJson());
        ResourceDescriptor.write(
                json,
                "inputAttestations",
                inputs.stream().map(VerificationSummary::described).toList());
        json.put("verificationResult", passed ? "PASSED" : "FAILED");
        json.putArray("verifiedLevels").add(passed ? "SLSA_BUILD_LEVEL_UNEVALUATED" : "FAILED");
        json.put("slsaVersion", "1.0");
        return Predicate.of(PredicateTypes.VERIFICATION_SUMMARY, json);
    }

    private static ResourceDescriptor described(Digest digest) {
        return ResourceDescriptor.of("", Map.of(digest.algorithm(), digest.hex()));
    }
}

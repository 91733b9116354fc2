package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The field in which a promotion puts what it did; the name is one of a vendor's, as SLSA has them. */
    private static final String PROMOTION_FIELD = "multiarch_promotion";

    private static final String PROMOTER = "https://plugins.jenkins.io/multiarch-release";
    private static final String PROMOTION_RULES = PROMOTER + "/policies/promotion/v1";

    public VerificationSummary {
        inputs = List.copyOf(inputs);
    }

    public static VerificationSummary of(
            VerificationVerdict verdict, VerificationPolicy policy, String verifierId, Instant time) {
        return new VerificationSummary(
                verifierId, time, "oci://" + verdict.image(), policy.digest(), verdict.inputs(), verdict.isPassed());
    }

    public Predicate predicate() {
        ObjectNode json = head(verifierId, timeVerified, resourceUri, described(policy));
        ResourceDescriptor.write(
                json,
                "inputAttestations",
                inputs.stream().map(VerificationSummary::described).toList());
        return Predicate.of(PredicateTypes.VERIFICATION_SUMMARY, concluded(json, passed));
    }

    /**
     * That a promotion let an image through by its own rules, which are no policy of anybody's: no requirement of a summary is
     * fulfilled by it here.
     *
     * @param receipt what else is to be known of the promotion
     */
    public static Predicate ofPromotion(Instant time, ImageRef image, ObjectNode receipt) {
        ResourceDescriptor rules = ResourceDescriptor.of(PROMOTION_RULES, Map.of());
        ObjectNode json = concluded(head(PROMOTER, time, "oci://" + image, rules), true);
        json.set(PROMOTION_FIELD, receipt);
        return Predicate.of(PredicateTypes.VERIFICATION_SUMMARY, json);
    }

    /** What a promotion said in its summary, where it is one. */
    public static Optional<ObjectNode> promotion(JsonNode predicate) {
        return predicate.path(PROMOTION_FIELD) instanceof ObjectNode receipt ? Optional.of(receipt) : Optional.empty();
    }

    private static ObjectNode head(String verifier, Instant time, String resource, ResourceDescriptor policy) {
        ObjectNode json = Json.object();
        json.putObject("verifier").put("id", verifier);
        json.put("timeVerified", time.truncatedTo(ChronoUnit.SECONDS).toString());
        json.put("resourceUri", resource);
        json.set("policy", policy.toJson());
        return json;
    }

    private static ObjectNode concluded(ObjectNode json, boolean passed) {
        json.put("verificationResult", passed ? "PASSED" : "FAILED");
        json.putArray("verifiedLevels").add(passed ? "SLSA_BUILD_LEVEL_UNEVALUATED" : "FAILED");
        return json.put("slsaVersion", "1.0");
    }

    private static ResourceDescriptor described(Digest digest) {
        return ResourceDescriptor.of("", Map.of(digest.algorithm(), digest.hex()));
    }
}

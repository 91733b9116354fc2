package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessVerifier;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody verified, for those who need not do it again. */
class VerificationSummaryTest {
    private final VerificationPolicy policy = VerificationPolicy.of(SampleKeys.trusted("p256.pub"));

    private MultiPlatformImage image;
    private PolicyTrial trial;

    @BeforeEach
    void start() throws Exception {
        image = MultiPlatformImage.pushed();
        trial = PolicyTrial.of(image);
    }

    private JsonNode summary() throws InterruptedException {
        VerificationVerdict verdict = new ImageVerification(image.registry())
                .verify(image.ref(), policy, policy.verifier(KeylessVerifier.trustingNobody()));
        Predicate predicate = VerificationSummary.of(verdict, policy, "https://ci.example.com/", PolicyTrial.NOW)
                .predicate();
        return Json.read(predicate.json(), "The summary");
    }

    @Test
    void namesTheImageThePolicyAndTheEvidence() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), SamplePredicates.REVIEWED));

        JsonNode summary = summary();

        assertThat(summary.path("resourceUri").asText())
                .isEqualTo("oci://a.example/acme/app@" + image.index().digest());
        assertThat(summary.at("/policy/digest/sha256").asText())
                .isEqualTo(Digest.sha256(SampleKeys.trusted("p256.pub")
                                .toPem()
                                .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .hex());
        assertThat(summary.path("verificationResult").asText()).isEqualTo("PASSED");
        assertThat(inputs(summary)).containsExactlyInAnyOrderElementsOf(bundles());
    }

    @Test
    void saysThatNothingWasFound() throws Exception {
        JsonNode summary = summary();

        assertThat(summary.path("verificationResult").asText()).isEqualTo("FAILED");
        assertThat(summary.path("verifiedLevels").toString()).isEqualTo("[\"FAILED\"]");
        assertThat(inputs(summary)).isEmpty();
    }

    @Test
    void isNotWhatAPromotionLeaves() throws Exception {
        Predicate receipt = VerificationSummary.ofPromotion(
                PolicyTrial.NOW, image.ref(), Json.object().put("kind", "promotion"));
        trial.attest(AttestationRequest.of(image.ref(), receipt));

        VerificationVerdict verdict = trial.verify("type: summary, on: index");

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.refusal().getMessage())
                .contains("it is the receipt of a promotion, which need not have verified anything");
    }

    private static List<String> inputs(JsonNode summary) {
        List<String> digests = new ArrayList<>();
        summary.path("inputAttestations")
                .forEach(one -> digests.add(one.at("/digest/sha256").asText()));
        return digests;
    }

    /** What lies beside the index and its images: the review, and the list of the index. */
    private List<String> bundles() throws InterruptedException {
        List<String> digests = new ArrayList<>();
        for (Digest subject : List.of(
                image.index().digest(), image.amd64().digest(), image.arm64().digest())) {
            for (Descriptor referrer : image.registry().referrers(image.repository(), subject, "")) {
                ImageManifest manifest = (ImageManifest) image.registry()
                        .find(image.repository(), referrer.digest())
                        .orElseThrow();
                digests.add(manifest.layers().get(0).digest().hex());
            }
        }
        return digests.stream().distinct().toList();
    }
}

package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.MultiPlatformImage.ARM64;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.provenance;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.sbom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The walk over an image's digests, and what counts at each of them. */
class ImageVerificationTest {
    private MultiPlatformImage image;
    private PolicyTrial trial;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
        trial = PolicyTrial.of(image);
    }

    @Test
    void passesAnImageWithEvidenceAtEveryDigest() throws Exception {
        trial.attest(AttestationRequest.of(
                image.ref(), provenance("https://ci/#signed", "https://github.com/acme/app", "main")));

        VerificationVerdict verdict = trial.verify(
                "type: provenance, builder: 'https://ci/#signed', source: https://github.com/acme/app.git, branch: main");

        assertThat(verdict.rows())
                .containsExactly(
                        new Row(
                                "index",
                                image.index().digest(),
                                "provenance",
                                State.PRESENT,
                                trial.signer().name()),
                        new Row(
                                "linux/amd64",
                                image.amd64().digest(),
                                "provenance",
                                State.PRESENT,
                                trial.signer().name()),
                        new Row(
                                "linux/arm64",
                                image.arm64().digest(),
                                "provenance",
                                State.PRESENT,
                                trial.signer().name()));
        assertThat(verdict.isPassed()).isTrue();
        verdict.refuseUnlessPassed();
    }

    @Test
    void saysForEachPlatformWhatIsMissing() throws Exception {
        trial.attest(AttestationRequest.of(image.ref()).with(ARM64, sbom()));

        VerificationVerdict verdict = trial.verify("type: sbom, on: platforms");

        String digest = image.amd64().digest().toString();
        assertThat(verdict.table())
                .isEqualTo("PLATFORM     DIGEST               EVIDENCE  STATE    DETAIL\n"
                        + "linux/amd64  " + digest.substring(0, 19)
                        + "  sbom      missing  there is none by anybody trusted\n"
                        + "linux/arm64  " + image.arm64().digest().abbreviated() + "  sbom      present  "
                        + trial.signer().name() + "\n");
        assertThat(Json.write(verdict.toJson()))
                .asString(StandardCharsets.UTF_8)
                .startsWith("{\"passed\":false,\"image\":\"" + image.ref() + "\",\"digest\":\""
                        + image.index().digest()
                        + "\",\"evidence\":[{\"platform\":\"linux/amd64\",\"digest\":\"" + digest
                        + "\",\"evidence\":\"sbom\",\"state\":\"missing\","
                        + "\"detail\":\"there is none by anybody trusted\"},");
        assertThatThrownBy(verdict::refuseUnlessPassed)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(image.ref()
                        + " does not satisfy the policy:\n- linux/amd64: sbom missing: there is none by anybody"
                        + " trusted. Attest what is missing with a trusted key, or release another image.");
    }

    @Test
    void takesNoWordOfSomebodyElse() throws Exception {
        new Attestations(image.registry(), line -> {})
                .attest(AttestationRequest.of(image.ref(image.arm64()), sbom()), new KeySigner(SampleKeys.ed25519()));

        VerificationVerdict verdict = trial.verify(image.ref(image.arm64()), "type: sbom");

        assertThat(verdict.rows().get(0).state()).isEqualTo(State.MISSING);
        assertThat(verdict.rows().get(0).detail())
                .matches(
                        "what lies there does not count: sha256:[0-9a-f]{64}: it has no signature by the ECDSA P-256 key"
                                + " SHA256:.*");
    }

    @Test
    void wantsThePlatformsOfThePolicy() throws Exception {
        trial.attest(AttestationRequest.of(image.ref(), sbom()));

        VerificationPolicy policy = new VerificationPolicy(
                List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                List.of(ARM64, Platform.parse("linux/s390x")),
                List.of(Requirement.of(EvidenceType.ANY)),
                SamplePredicates.POLICY);
        VerificationVerdict verdict = trial.verify(image.ref(), policy);

        assertThat(verdict.rows().get(0))
                .isEqualTo(new Row(
                        "linux/s390x", image.index().digest(), "image", State.MISSING, "the index does not list it"));
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void passesNoIndexWithoutAnImage() throws Exception {
        ImageIndex empty = image.samples().index(List.of());

        VerificationVerdict verdict = trial.verify(image.ref(empty), "type: sbom, on: platforms");

        assertThat(verdict.isPassed()).isFalse();
        assertThat(verdict.rows())
                .containsExactly(new Row("index", empty.digest(), "image", State.MISSING, "the index lists none"));
    }

    @Test
    void knowsThePlatformOfASingleImage() throws Exception {
        ImageRef single = image.ref(image.arm64());
        trial.attest(AttestationRequest.of(single).with(ARM64, sbom()));

        VerificationPolicy policy = new VerificationPolicy(
                List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                List.of(ARM64),
                List.of(Requirement.of(EvidenceType.SBOM)),
                SamplePredicates.POLICY);

        assertThat(trial.verify(single, policy).rows())
                .containsExactly(new Row(
                        "linux/arm64",
                        image.arm64().digest(),
                        "sbom",
                        State.PRESENT,
                        trial.signer().name()));
    }

    @Test
    void wantsTheResultOfTests() throws Exception {
        TestResult failed = new TestResult(new TestResult.Counts(0, 1, 0), List.of(), List.of("a"), List.of(), "");
        trial.attest(AttestationRequest.of(image.ref(), failed.predicate()));

        assertThat(trial.verify("type: test, on: index, result: PASSED")
                        .rows()
                        .get(0)
                        .detail())
                .isEqualTo("the result is 'FAILED' and not 'PASSED'");
    }

    @Test
    void takesNoFailureForEvidence() throws Exception {
        TestResult failed = new TestResult(new TestResult.Counts(0, 1, 0), List.of(), List.of("a"), List.of(), "");
        ImageRef single = image.ref(image.arm64());
        VerificationPolicy anything = VerificationPolicy.of(SampleKeys.trusted("p256.pub"));
        trial.attest(AttestationRequest.of(single, failed.predicate()));

        VerificationVerdict verdict = trial.verify(single, anything);
        trial.attest(AttestationRequest.of(single, sbom()));

        assertThat(verdict.rows())
                .containsExactly(
                        new Row("linux/arm64", image.arm64().digest(), "any", State.FAILED, "the result is 'FAILED'"));
        assertThat(trial.verify(single, anything).isPassed()).isTrue();
    }
}

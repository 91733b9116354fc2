package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.MultiPlatformImage.ARM64;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.sbom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that somebody made by hand, so that one image passes for another. */
class ForgedIndexTest {
    private MultiPlatformImage image;
    private PolicyTrial trial;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
        trial = PolicyTrial.of(image);
    }

    /** An index that nobody signed, with one image that somebody did. */
    @Test
    void refusesAnImageThatIsListedAsAnIndex() throws Exception {
        ImageManifest evil = image.samples().image("linux/arm64", "evil");
        ImageIndex forged = forged(Descriptor.of(MediaTypes.OCI_INDEX, evil.digest(), evil.bytes().length)
                .withPlatform(ARM64));

        assertThatThrownBy(() -> trial.verify(image.ref(forged), "type: sbom, on: platforms"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The index " + image.repository() + "@" + forged.digest() + " leads to " + evil.digest()
                        + " as '"
                        + MediaTypes.OCI_INDEX + "', and that is " + MediaTypes.OCI_MANIFEST
                        + ". Do not use it; no tool that builds images makes such an index.");
    }

    @Test
    void refusesAnIndexThatIsListedAsAnImage() throws Exception {
        ImageManifest evil = image.samples().image("linux/arm64", "evil");
        ImageIndex inner = image.samples().index(evil);
        ImageIndex forged = forged(Descriptor.of(MediaTypes.OCI_MANIFEST, inner.digest(), inner.bytes().length)
                .withPlatform(ARM64));

        assertThatThrownBy(() -> trial.verify(image.ref(forged), "type: sbom, on: platforms"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(
                        " leads to " + inner.digest() + " as '" + MediaTypes.OCI_MANIFEST + "', and that is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/arm64"})
    void asksForEvidenceOfWhatCallsItselfAnAttestation(String platform) throws Exception {
        ImageManifest evil = image.samples().image("linux/arm64", "evil");
        Descriptor hidden =
                evil.descriptor().withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"));
        ImageIndex forged =
                forged(platform.isEmpty() ? hidden : hidden.withPlatform(new Platform("", "arm64", "", "")));

        VerificationVerdict verdict = trial.verify(image.ref(forged), "type: sbom, on: platforms");

        assertThat(verdict.rows())
                .extracting(Row::digest)
                .containsExactly(image.amd64().digest(), evil.digest());
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void asksForEvidenceOfAnImageThatIsNotThere() throws Exception {
        Digest lost = Digest.sha256(utf8("lost"));
        ImageIndex sparse = ImageIndex.of(
                List.of(Descriptor.of(MediaTypes.OCI_MANIFEST, lost, 4).withPlatform(ARM64)), Map.of());
        image.registry().plant(image.repository(), sparse);

        VerificationVerdict verdict = trial.verify(image.ref(sparse), "type: sbom, on: platforms");

        assertThat(verdict.rows()).extracting(Row::digest).containsExactly(lost);
        assertThat(verdict.isPassed()).isFalse();
    }

    @Test
    void countsNoIndexAsAnImageForAPlatform() throws Exception {
        ImageIndex empty = image.samples().index(List.of());
        ImageIndex forged = forged(empty.descriptor().withPlatform(ARM64));

        VerificationVerdict verdict = trial.verify(
                image.ref(forged),
                new VerificationPolicy(
                        List.of(new TrustRule.Key(SampleKeys.trusted("p256.pub"))),
                        List.of(ARM64),
                        List.of(Requirement.of(EvidenceType.SBOM)),
                        SamplePredicates.POLICY));

        assertThat(verdict.rows().get(0))
                .isEqualTo(
                        new Row("linux/arm64", forged.digest(), "image", State.MISSING, "the index does not list it"));
    }

    /** With the evidence of the image for linux/amd64, which is genuine. */
    private ImageIndex forged(Descriptor other) throws InterruptedException {
        trial.attest(AttestationRequest.of(image.ref(image.amd64()), sbom()));
        return image.samples()
                .index(List.of(image.amd64().descriptor().withPlatform(Platform.parse("linux/amd64")), other));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

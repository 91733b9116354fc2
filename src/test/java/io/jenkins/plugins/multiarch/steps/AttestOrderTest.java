package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestOrderTest {
    private static final byte[] SBOM =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] REVIEW = "{\"verdict\":\"ship it\"}".getBytes(StandardCharsets.UTF_8);

    private static AttestStep step() {
        AttestStep step = new AttestStep();
        step.setImage("ghcr.io/acme/app:1.4.2");
        return step;
    }

    @Test
    void saysOfAPlatformWhatIsOfThatPlatform() {
        AttestStep step = step();
        step.setSboms(List.of("linux/arm64=sbom-arm64.json", "sbom.json"));
        step.setPredicates(List.of("https://example.com/review/v1=review.json"));
        step.setFormat("both");
        AttestOrder order = AttestOrder.of(step);

        AttestationRequest request = order.request(
                order.images().get(0),
                List.of(),
                Map.of("sbom-arm64.json", SBOM, "sbom.json", SBOM, "review.json", REVIEW),
                Instant.EPOCH);

        assertThat(order.documentPaths()).containsExactly("sbom-arm64.json", "sbom.json", "review.json");
        assertThat(request.platformClaims()).containsOnlyKeys(Platform.parse("linux/arm64"));
        assertThat(request.claims())
                .extracting(Predicate::type)
                .containsExactly("https://cyclonedx.org/bom", "https://example.com/review/v1");
        assertThat(request.signed()).isTrue();
        assertThat(request.form()).isEqualTo(StorageForm.BOTH);
    }

    @Test
    void needsNoImageForFiles() {
        AttestStep step = new AttestStep();
        step.setFiles(List.of("app.tar", "app.tar", "install.sh"));

        AttestOrder order = AttestOrder.of(step);

        assertThat(order.images()).isEmpty();
        assertThat(order.documentPaths()).isEmpty();
        assertThat(order.filesToSign()).containsExactly("app.tar", "install.sh");
    }

    @Test
    void wantsAnImageForADocument() {
        AttestStep step = new AttestStep();
        step.setFiles(List.of("app.tar"));
        step.setScans(List.of("scan.json"));

        refuses(
                step,
                "attest was given files to sign, and documents that are about an image. Name the image too, or leave sboms,"
                        + " scans and predicates out.");
    }

    @Test
    void wantsAnImage() {
        assertThatThrownBy(() -> AttestOrder.of(new AttestStep()))
                .hasMessage("The argument image is empty. Give it, as in ghcr.io/acme/app:1.4.2.");
    }

    @Test
    void wantsOneWayOfNamingImages() {
        AttestStep step = step();
        step.setImages(List.of("ghcr.io/acme/app:1.4.2"));

        refuses(step, "attest was given both image and images. Name all of them in images, or the only one in image.");
    }

    @Test
    void wantsSomethingToAttest() {
        AttestStep step = step();
        step.setProvenance(false);
        step.setSign(false);

        refuses(
                step,
                "attest was told nothing to attest. Leave provenance and sign on, or give testResults, verification, sboms, scans or"
                        + " predicates.");
    }

    @Test
    void isContentWithResultsOfTests() {
        AttestStep step = step();
        step.setProvenance(false);
        step.setSign(false);
        step.setTestResults(true);

        assertThat(AttestOrder.of(step).documentPaths()).isEmpty();
    }

    /** A policy that trusts the key takes all of these for what Jenkins knows, and a workspace holds what anybody wrote. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://slsa.dev/provenance/v1",
                "https://slsa.dev/provenance/v0.2",
                "https://SLSA.dev/provenance/v1",
                "https://slsa.dev/verification_summary/v1",
                "https://in-toto.io/Provenance/v0.1",
                "https://in-toto.io/attestation/test-result/v0.1",
                "https://sigstore.dev/cosign/sign/v1",
                "https://plugins.jenkins.io/multiarch-release/predicates/index/v1",
                "slsaprovenance",
                "slsaprovenance02",
                "slsaprovenance1",
            })
    void takesNoWordOfTheBuilderFromAFile(String type) {
        AttestStep step = step();
        step.setPredicates(List.of(type + "=forged.json"));

        refuses(
                step,
                "attest was given a file of the type '" + type
                        + "', which the controller says by itself and takes from nobody. Give it a type of its own, as in"
                        + " https://example.com/review/v1.");
    }

    @Test
    void saysWhatIsOfOneImageOfOneAlone() {
        AttestStep step = new AttestStep();
        step.setImages(List.of("ghcr.io/acme/app:1.4.2", "ghcr.io/acme/web:1.4.2"));
        step.setSboms(List.of("sbom.json"));

        refuses(
                step,
                "attest was given 2 images, and documents that are about one. Call it once for each image that has an SBOM,"
                        + " a scan or a predicate of its own.");
    }

    private static void refuses(AttestStep step, String message) {
        assertThatThrownBy(() -> AttestOrder.of(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }
}

package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.MultiPlatformImage.AMD64;
import static io.jenkins.plugins.multiarch.attest.MultiPlatformImage.ARM64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What scanners write of the image for linux/amd64 is never said of another. The documents have the fields in which Trivy
 * 0.57, Grype 0.84 and Syft 1.16 name what they scanned.
 */
class DocumentedImagesTest {
    private static final String OF_ONE = " is of one image, and does not say of which of the 2 in ";
    private static final String CURE = ". Put its platform before it, as in linux/arm64=scan.json.";

    private MultiPlatformImage image;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trivy.json",
                "trivy-cosign-vuln.json",
                "trivy-cyclonedx.json",
                "trivy-spdx.json",
                "grype.json",
                "syft-cyclonedx.json",
                "syft-spdx.json"
            })
    void belongsToTheImageThatItNamesAndToNoOther(String name) throws Exception {
        Predicate document = document(name);

        assertThat(subjects(AttestationRequest.of(image.ref(), document)))
                .containsExactly(image.amd64().digest());
        assertThat(subjects(AttestationRequest.of(image.ref()).with(AMD64, document)))
                .containsExactly(image.amd64().digest());
        assertThatThrownBy(() -> subjects(AttestationRequest.of(image.ref()).with(ARM64, document)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageMatching("The (SBOM|scan report) is about sha256:.* and not about "
                        + image.arm64().digest()
                        + "\\. Make it of the image that is attested, or attest the image that it was made of\\.");
    }

    /** Attested by name, the index is nobody's in particular; a scanner took the image of its own platform. */
    @ParameterizedTest
    @ValueSource(strings = {"trivy.json", "trivy-cyclonedx.json", "trivy-spdx.json", "grype.json"})
    void needsAPlatformWhereTheIndexAloneIsNamed(String name) throws Exception {
        Predicate document = read(filled(name, "", "", image.index().digest().toString()));
        String what = document.document().orElseThrow().what();

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image.ref(), document)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(what + OF_ONE + image.ref() + CURE);
        assertThat(subjects(AttestationRequest.of(image.ref()).with(ARM64, document)))
                .containsExactly(image.arm64().digest());
    }

    @Test
    void needsAPlatformWhereNothingIsNamed() throws Exception {
        Predicate scan = read("{\"scanner\":{\"result\":[]},\"metadata\":{\"scanFinishedOn\":\"x\"}}");
        Predicate sbom = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{"
                + "\"type\":\"container\",\"name\":\"acme/app\",\"version\":\"1.4.2\"}}}");

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image.ref(), scan)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The scan report" + OF_ONE + image.ref() + CURE);
        assertThatThrownBy(() -> subjects(AttestationRequest.of(image.ref(), sbom)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The SBOM" + OF_ONE + image.ref() + CURE);
        assertThat(subjects(AttestationRequest.of(image.ref()).with(ARM64, scan)))
                .containsExactly(image.arm64().digest());
    }

    @Test
    void needsNoPlatformWhereThereIsOneImage() throws Exception {
        Predicate scan = read("{\"scanner\":{\"result\":[]},\"metadata\":{\"scanFinishedOn\":\"x\"}}");
        ImageIndex single =
                image.samples().index(List.of(image.amd64().descriptor().withPlatform(AMD64)));

        assertThat(subjects(AttestationRequest.of(image.ref(single), scan)))
                .containsExactly(single.digest(), image.amd64().digest());
        assertThat(subjects(AttestationRequest.of(image.ref(image.amd64()), document("trivy.json"))))
                .containsExactly(image.amd64().digest());
    }

    @Test
    void isRefusedOfAnotherImage() {
        Digest other = Digest.sha256(new byte[] {1});
        Predicate scan = read(filled("grype.json", "" + other, "" + other, "" + other));

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image.ref(), scan)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The scan report is about " + other + " and not about "
                        + image.index().digest() + ". Make it of the"
                        + " image that is attested, or attest the image that it was made of.");
    }

    /** What it is attested of, but for the list of the index's images. */
    private List<Digest> subjects(AttestationRequest request) throws InterruptedException {
        List<Digest> subjects = new ArrayList<>();
        new AttestationPlan(image.registry(), request, ImageSubjects.read(image.registry(), request.image()))
                .placements().stream()
                        .filter(placement ->
                                !placement.statement().predicateType().equals(PredicateTypes.INDEX))
                        .forEach(placement -> placement.subjects().forEach(one -> subjects.add(one.digest())));
        return subjects;
    }

    private Predicate document(String name) {
        return read(filled(
                name,
                image.amd64().config().digest().toString(),
                image.amd64().digest().toString(),
                image.index().digest().toString()));
    }

    private static Predicate read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return json.contains("bomFormat") || json.contains("spdxVersion")
                ? Sbom.parse(bytes)
                : ScanReport.parse(bytes, Instant.EPOCH);
    }

    /** A sample with the digests of this image in it. */
    private static String filled(String name, String config, String manifest, String index) {
        try (InputStream in = DocumentedImagesTest.class.getResourceAsStream("documents/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("MANIFEST_HEX", manifest.replace("sha256:", ""))
                    .replace("ESCAPED_MANIFEST", manifest.replace(":", "%3A"))
                    .replace("ESCAPED_INDEX", index.replace(":", "%3A"))
                    .replace("MANIFEST", manifest)
                    .replace("CONFIG", config)
                    .replace("INDEX", index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

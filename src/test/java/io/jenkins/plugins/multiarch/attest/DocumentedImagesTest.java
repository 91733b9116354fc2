package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
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
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final String OF_ONE = " is of one image, and does not say of which of the 2 in ";
    private static final String CURE = ". Put its platform before it, as in linux/arm64=scan.json.";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private ImageManifest amd64;
    private ImageManifest arm64;
    private ImageIndex index;
    private ImageRef image;

    @BeforeEach
    void pushAnImage() throws Exception {
        SampleImages images = new SampleImages(registry, app);
        amd64 = images.image("linux/amd64", "a");
        arm64 = images.image("linux/arm64", "b");
        index = images.index(List.of(
                amd64.descriptor().withPlatform(AMD64), arm64.descriptor().withPlatform(ARM64)));
        image = ImageRef.of(app, index.digest());
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

        assertThat(subjects(AttestationRequest.of(image, document))).containsExactly(amd64.digest());
        assertThat(subjects(AttestationRequest.of(image).with(AMD64, document))).containsExactly(amd64.digest());
        assertThatThrownBy(() -> subjects(AttestationRequest.of(image).with(ARM64, document)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageMatching("The (SBOM|scan report) is about sha256:.* and not about " + arm64.digest()
                        + "\\. Make it of the image that is attested, or attest the image that it was made of\\.");
    }

    /** Attested by name, the index is nobody's in particular; a scanner took the image of its own platform. */
    @ParameterizedTest
    @ValueSource(strings = {"trivy.json", "trivy-cyclonedx.json", "trivy-spdx.json", "grype.json"})
    void needsAPlatformWhereTheIndexAloneIsNamed(String name) throws Exception {
        Predicate document = read(filled(name, "", "", index.digest().toString()));
        String what = document.document().orElseThrow().what();

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image, document)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(what + OF_ONE + image + CURE);
        assertThat(subjects(AttestationRequest.of(image).with(ARM64, document))).containsExactly(arm64.digest());
    }

    @Test
    void needsAPlatformWhereNothingIsNamed() throws Exception {
        Predicate scan = read("{\"scanner\":{\"result\":[]},\"metadata\":{\"scanFinishedOn\":\"x\"}}");
        Predicate sbom = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{"
                + "\"type\":\"container\",\"name\":\"acme/app\",\"version\":\"1.4.2\"}}}");

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image, scan)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The scan report" + OF_ONE + image + CURE);
        assertThatThrownBy(() -> subjects(AttestationRequest.of(image, sbom)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The SBOM" + OF_ONE + image + CURE);
        assertThat(subjects(AttestationRequest.of(image).with(ARM64, scan))).containsExactly(arm64.digest());
    }

    @Test
    void needsNoPlatformWhereThereIsOneImage() throws Exception {
        Predicate scan = read("{\"scanner\":{\"result\":[]},\"metadata\":{\"scanFinishedOn\":\"x\"}}");
        ImageIndex single =
                new SampleImages(registry, app).index(List.of(amd64.descriptor().withPlatform(AMD64)));

        assertThat(subjects(AttestationRequest.of(ImageRef.of(app, single.digest()), scan)))
                .containsExactly(single.digest(), amd64.digest());
        assertThat(subjects(AttestationRequest.of(ImageRef.of(app, amd64.digest()), document("trivy.json"))))
                .containsExactly(amd64.digest());
    }

    @Test
    void isRefusedOfAnotherImage() {
        Digest other = Digest.sha256(new byte[] {1});
        Predicate scan = read(filled("grype.json", "" + other, "" + other, "" + other));

        assertThatThrownBy(() -> subjects(AttestationRequest.of(image, scan)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The scan report is about " + other + " and not about " + index.digest()
                        + ". Make it of the" + " image that is attested, or attest the image that it was made of.");
    }

    /** What it is attested of, but for the list of the index's images. */
    private List<Digest> subjects(AttestationRequest request) throws InterruptedException {
        List<Digest> subjects = new ArrayList<>();
        new AttestationPlan(registry, request, ImageSubjects.read(registry, request.image()))
                .placements().stream()
                        .filter(placement ->
                                !placement.statement().predicateType().equals(PredicateTypes.INDEX))
                        .forEach(placement -> placement.subjects().forEach(one -> subjects.add(one.digest())));
        return subjects;
    }

    private Predicate document(String name) {
        return read(filled(
                name,
                amd64.config().digest().toString(),
                amd64.digest().toString(),
                index.digest().toString()));
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

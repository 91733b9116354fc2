package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttestationCheckTest {
    private static final Predicate REVIEWED = new Predicate("https://example.com/review/v1", utf8("{}"));

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private ImageSubjects image;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void pushAnImage() throws Exception {
        SampleImages images = new SampleImages(registry, app);
        image = ImageSubjects.read(
                registry, ImageRef.of(app, images.image("linux/amd64", "a").digest()));
    }

    private void check(AttestationRequest request) throws InterruptedException {
        Attestations.check(registry, request, image);
    }

    @Test
    void refusesADocumentOfAnotherImage() {
        String other = "sha256:" + "f".repeat(64);
        Predicate sbom = Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":"
                + "{\"component\":{\"type\":\"container\",\"version\":\"" + other + "\"}}}"));

        assertThatThrownBy(() -> check(AttestationRequest.of(image.reference(), sbom)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The SBOM is about " + other + " and not about");
    }

    @Test
    void refusesAPlatformThatTheImageIsNotFor() {
        AttestationRequest request =
                AttestationRequest.of(image.reference()).with(Platform.parse("linux/arm64"), REVIEWED);

        assertThatThrownBy(() -> check(request))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining(" has no image for linux/arm64");
    }

    @Test
    void writesNothing() throws Exception {
        check(AttestationRequest.of(image.reference(), REVIEWED).withSignature());

        assertThat(registry.referrers(app, image.image().digest(), "")).isEmpty();
    }
}

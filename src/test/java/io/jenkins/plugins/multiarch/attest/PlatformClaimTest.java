package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which image a claim about one platform is about. */
class PlatformClaimTest {
    private static final String REVIEW = "https://example.com/review/v1";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);

    private Descriptor image(String platform, String content) throws InterruptedException {
        return images.image("windows/amd64", content).descriptor().withPlatform(Platform.parse(platform));
    }

    private List<Digest> attested(ImageRef image, String platform) throws InterruptedException {
        Predicate review = new Predicate(REVIEW, "{}".getBytes(StandardCharsets.UTF_8));
        AttestedImage attested = new Attestations(registry, line -> {})
                .attest(
                        AttestationRequest.of(image).with(Platform.parse(platform), review),
                        new KeySigner(SampleKeys.p256()));
        return attested.attestations().stream()
                .filter(stored -> stored.predicateType().equals(REVIEW))
                .map(StoredAttestation::subject)
                .toList();
    }

    @Test
    void isTheOneOfThatVersion() throws Exception {
        Descriptor older = image("windows(10.0.17763.6532)/amd64", "2019");
        Descriptor newer = image("windows(10.0.20348.2700)/amd64", "2022");
        ImageRef index = ImageRef.of(app, images.index(List.of(older, newer)).digest());

        assertThat(attested(index, "windows(10.0.20348.2700)/amd64")).containsExactly(newer.digest());
    }

    @Test
    void isNoneOfSeveral() throws Exception {
        Descriptor older = image("windows(10.0.17763.6532)/amd64", "2019");
        Descriptor newer = image("windows(10.0.20348.2700)/amd64", "2022");
        ImageRef index = ImageRef.of(app, images.index(List.of(older, newer)).digest());
        registry.forgetRequests();

        assertThatThrownBy(() -> attested(index, "windows/amd64"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(index + " has 2 images for windows/amd64, and of one of them something is to be attested:"
                        + " windows(10.0.17763.6532)/amd64, windows(10.0.20348.2700)/amd64. Name its version too, as in"
                        + " windows(10.0.20348.2700)/amd64, or attest it by its own digest.");
        assertThat(registry.writes()).isEmpty();
    }

    @Test
    void isNeverAnIndex() throws Exception {
        Descriptor image = image("linux/amd64", "a");
        Descriptor nested = images.index(List.of(image("linux/arm64", "b")))
                .descriptor()
                .withPlatform(Platform.parse("linux/s390x"));
        ImageRef index = ImageRef.of(app, images.index(List.of(nested, image)).digest());

        assertThatThrownBy(() -> attested(index, "linux/s390x"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(index + " has no image for linux/s390x, of which something is to be attested."
                        + " Name one of its platforms: linux/amd64, linux/arm64.");
    }
}

package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An index that lists an honest image again and again, and behind all that one of somebody else. */
class PaddedIndexTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);
    private final KeySigner signer = new KeySigner(SampleKeys.p256());
    private Descriptor honest;
    private Descriptor foreign;

    @BeforeEach
    void pushImages() throws Exception {
        honest = images.image("linux/amd64", "ours").descriptor().withPlatform(Platform.parse("linux/amd64"));
        foreign = images.image("linux/arm64", "theirs").descriptor().withPlatform(Platform.parse("linux/arm64"));
    }

    private ImageRef padded(int times) throws InterruptedException {
        List<Descriptor> listed = new ArrayList<>(Collections.nCopies(times, honest));
        listed.add(foreign);
        return ImageRef.of(app, images.index(listed).digest());
    }

    private static String refusal(ImageRef index) {
        return "The index " + index + " leads to more than 200 images. Attest or verify its images in several calls.";
    }

    @Test
    void hidesNoImage() throws Exception {
        ImageRef index = padded(201);

        assertThatThrownBy(() -> ImageSubjects.read(registry, index))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refusal(index));
    }

    @Test
    void hidesNoneBelowAnotherIndex() throws Exception {
        Manifest inner = registry.find(app, padded(200).requireDigest()).orElseThrow();
        ImageRef index = ImageRef.of(app, images.index(inner).digest());

        assertThatThrownBy(() -> ImageSubjects.read(registry, index)).hasMessage(refusal(index));
    }

    @Test
    void satisfiesNoPolicy() throws Exception {
        ImageRef index = padded(201);
        new Attestations(registry, line -> {})
                .attest(AttestationRequest.of(ImageRef.of(app, honest.digest())).withSignature(), signer);
        ObjectNode json = Json.object();
        json.putArray("trust")
                .addObject()
                .put("key", SampleKeys.trusted("p256.pub").toPem());
        json.putArray("require").addObject().put("type", "any").put("on", "platforms");
        VerificationPolicy policy = VerificationPolicy.parse(Json.write(json));

        assertThatThrownBy(() -> new ImageVerification(registry)
                        .verify(index, policy, new KeyVerifier(SampleKeys.trusted("p256.pub"))))
                .hasMessage(refusal(index));
    }

    @Test
    void isAttestedNowhere() throws Exception {
        ImageRef index = padded(201);
        registry.forgetRequests();

        assertThatThrownBy(() -> new Attestations(registry, line -> {})
                        .attest(
                                AttestationRequest.of(
                                        index,
                                        new Predicate("https://a.example/v1", "{}".getBytes(StandardCharsets.UTF_8))),
                                signer))
                .hasMessage(refusal(index));
        assertThat(registry.requests("PUT")).isEmpty();
    }

    @Test
    void mayListAnImageAgainWhereAllAreLookedAt() throws Exception {
        ImageRef index = padded(199);

        assertThatCode(() -> ImageSubjects.read(registry, index)).doesNotThrowAnyException();
    }
}

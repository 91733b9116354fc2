package io.jenkins.plugins.multiarch.registry;

import static io.jenkins.plugins.multiarch.registry.ServedImage.MANIFEST;
import static io.jenkins.plugins.multiarch.registry.ServedImage.SIZE;
import static io.jenkins.plugins.multiarch.registry.ServedImage.TAG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that lie about their digest or their size, or that hide how they go on. */
class HttpRegistryContentTest {
    private ServedImage served;

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void refusesContentOfAnotherDigest() {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.corruptedBody());
        byte[] other = served.content.clone();
        other[SIZE / 2] ^= 1;

        assertThatThrownBy(() -> served.read())
                .isInstanceOf(RegistryException.class)
                .hasMessage("The blob " + served.layer.digest() + " came with the digest " + Digest.sha256(other)
                        + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void neverHandsOutTheLastByteOfOtherContent() throws Exception {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.corruptedBody());

        try (InputStream in = served.registry.open(served.app, served.layer)) {
            assertThatThrownBy(() -> in.readNBytes(SIZE)).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void refusesContentThatIsTooShort() {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.truncatedBody(1000));

        assertThatThrownBy(() -> served.read())
                .isInstanceOf(RegistryException.class)
                .hasMessage("The blob " + served.layer.digest() + " came with 1000 bytes instead of 300000."
                        + " Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesContentThatDoesNotEnd() {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.endlessBody());

        assertThatThrownBy(() -> served.read())
                .isInstanceOf(WrongContentException.class)
                .hasMessage("The blob " + served.layer.digest() + " came with more than the 300000 bytes promised."
                        + " Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        served = ServedImage.start();
        served.fake.on("GET", MANIFEST).fail(Fault.wrongDigestHeader());

        assertThatThrownBy(() -> served.registry.find(served.app, TAG))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The manifest sha256:" + "0".repeat(64) + " came with other bytes, which have the digest "
                        + served.image.digest()
                        + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesAManifestWhoseBytesAreNotOfTheDigestAskedFor() {
        served = ServedImage.start();
        served.fake.on("GET", "/v2/acme/app/manifests/" + served.image.digest()).fail(Fault.corruptedBody());

        assertThatThrownBy(() -> served.registry.find(served.app, served.image.digest()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "The manifest " + served.image.digest() + " came with other bytes, which have the digest ");
    }

    @Test
    void refusesAManifestOfMoreThanFourMebibytes() {
        served = ServedImage.start();
        served.fake.on("GET", MANIFEST).fail(Fault.oversizedBody((4 << 20) + 1));

        assertThatThrownBy(() -> served.registry.find(served.app, TAG))
                .isInstanceOf(WrongContentException.class)
                .hasMessage("GET " + served.fake.address() + MANIFEST + " was answered with more than 4194304 bytes."
                        + " No honest answer is that long; check what was pushed there, and what a proxy before it"
                        + " sends.");
    }

    @Test
    void takesAManifestOfFourMebibytes() throws Exception {
        served = ServedImage.start();
        String text = new String(served.image.bytes(), UTF_8);
        byte[] long4 = (text + " ".repeat((4 << 20) - text.length())).getBytes(UTF_8);
        Digest digest = served.fake.addManifest("acme/app", "long", MediaTypes.OCI_MANIFEST, long4);

        assertThat(served.registry
                        .find(served.app, new Tag("long"))
                        .orElseThrow()
                        .digest())
                .isEqualTo(digest);
    }

    @Test
    void refusesAManifestThatDoesNotEnd() {
        served = ServedImage.start();
        served.fake.on("GET", MANIFEST).fail(Fault.endlessBody());

        assertThatThrownBy(() -> served.registry.find(served.app, TAG))
                .hasMessageContaining(" was answered with more than 4194304 bytes. ");
    }

    @Test
    void readsAllTagsOfARegistryThatGivesPagesWithoutLinks() throws Exception {
        served = ServedImage.start(FakeRegistry.builder());
        for (int i = 0; i < 2500; i++) {
            served.fake.tag("acme/app", "t" + i, served.image.digest());
        }
        served.fake.on("GET", "/v2/acme/app/tags/list").always().fail(Fault.withoutHeader("Link"));

        assertThat(served.registry.tags(served.app)).hasSize(2501);
    }
}

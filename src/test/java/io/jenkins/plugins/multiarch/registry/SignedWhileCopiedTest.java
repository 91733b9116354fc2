package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody signs an image at the target of a copy while it goes on. */
class SignedWhileCopiedTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");
    private static final Repository THEIRS = Repository.parse("c.example/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private Manifest image;
    private Tag tag;
    private Manifest ours;
    private Manifest theirs;

    @BeforeEach
    void pushASignedImage() throws Exception {
        SampleImages images = new SampleImages(registry, APP);
        image = images.image("linux/amd64", "x");
        tag = SampleImages.cosignTag(image, ".sig");
        ours = images.cosign(image, ".sig", "ours");
        theirs = new SampleImages(registry, THEIRS).cosign(image, ".sig", "theirs");
    }

    private void copy() throws InterruptedException {
        new ImageCopy(registry, line -> {}).copy(APP, image.digest(), MIRROR, List.of(), CopyScope.REFERRERS);
    }

    private Manifest signatures() throws InterruptedException {
        return registry.find(MIRROR, tag).orElseThrow();
    }

    @Test
    void keepsWhatCameBeforeTheTagIsSet() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + MIRROR + " " + image.digest())) {
                registry.plant(MIRROR, tag, theirs);
            }
        });

        assertThatThrownBy(this::copy)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(MIRROR + ":" + tag + " holds other signatures or attestations than " + APP + ":" + tag
                        + ", so that copying would lose some. Copy the image without its referrers, or delete that tag"
                        + " of " + MIRROR + " first.");
        assertThat(signatures()).isEqualTo(theirs);
    }

    @Test
    void saysThatWhatItCopiedWasOverwritten() throws Exception {
        registry.before(request -> {
            if (request.equals("HEAD " + MIRROR + " " + tag)
                    && registry.requests("PUT").contains("PUT " + MIRROR + " " + tag)) {
                registry.plant(MIRROR, tag, theirs);
            }
        });

        assertThatThrownBy(this::copy)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(MIRROR + ":" + tag + " was set to " + ours.digest() + " but leads to " + theirs.digest()
                        + " now. Somebody else moves this tag at the same time; find out who, then set it again.");
    }
}

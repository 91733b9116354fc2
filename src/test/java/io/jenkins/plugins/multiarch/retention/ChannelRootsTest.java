package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelRootsTest {
    private static final ChannelTarget NIGHTLY = ChannelTarget.parse("registry.example.com/acme/metadata:nightly");
    private static final Repository PAYLOADS = Repository.parse("registry.example.com/acme/payload");

    private final List<String> log = new ArrayList<>();
    private PrunedImages there;
    private ImageIndex first;
    private ImageIndex second;
    private ImageManifest firstPayload;
    private ImageManifest secondPayload;

    @BeforeEach
    void promotesTwice(@TempDir Path folder) throws Exception {
        there = new PrunedImages(folder);
        first = there.image("first", 9, "dev-1");
        second = there.image("second", 1, "dev-2");
        firstPayload = new SampleImages(there.registry, PAYLOADS).image("linux/amd64", "first payload");
        secondPayload = new SampleImages(there.registry, PAYLOADS).image("linux/amd64", "second payload");
        promote(first.digest(), firstPayload.digest());
        promote(second.digest(), secondPayload.digest());
    }

    private void promote(Digest image, Digest payload) throws Exception {
        ChannelTarget target = NIGHTLY.payload(ImageRef.of(PAYLOADS, payload));
        new Promotion(
                        there.registry,
                        line -> {},
                        Journal.NONE,
                        new TagLocks(),
                        Copier.here(there.registry, line -> {}),
                        Optional.empty())
                .promote(new PromotionRequest(
                                List.of(ImageRef.of(PrunedImages.REPOSITORY, image)),
                                List.of(new Tag("nightly")),
                                List.of())
                        .channelled(Optional.of(target)));
    }

    private List<Root> roots() throws InterruptedException {
        return ChannelRoots.of(NIGHTLY, new Channels(there.registry), log::add);
    }

    private Digest document(String version) throws InterruptedException {
        Digest standing = there.registry
                .find(NIGHTLY.repository(), NIGHTLY.channel())
                .orElseThrow()
                .digest();
        return version.equals("standing")
                ? standing
                : new Channels(there.registry).read(NIGHTLY).history().get(0).digest();
    }

    @Test
    void keepImagesAndPayloadsOfNowAndOfBefore() throws InterruptedException {
        assertThat(roots())
                .contains(
                        new Root(Optional.empty(), second.digest(), "channel nightly stands for it"),
                        new Root(Optional.empty(), secondPayload.digest(), "channel nightly stands for it"),
                        new Root(Optional.empty(), first.digest(), "channel nightly stood for it"),
                        new Root(Optional.empty(), firstPayload.digest(), "channel nightly stood for it"));
        assertThat(log).isEmpty();
    }

    @Test
    void keepTheDocumentsThemselves() throws InterruptedException {
        assertThat(roots())
                .filteredOn(root -> root.isIn(NIGHTLY.repository()) && !root.isIn(PAYLOADS))
                .extracting(Root::digest)
                .containsExactly(document("standing"), document("earlier"));
    }

    @Test
    void nameADocumentThatIsGone() throws InterruptedException {
        Digest gone = document("earlier");
        there.registry.delete(NIGHTLY.repository(), gone);

        assertThat(roots()).extracting(Root::digest).doesNotContain(firstPayload.digest());
        assertThat(log)
                .containsExactly("The document registry.example.com/acme/metadata@" + gone
                        + " of channel nightly is gone, so that what it stood for is not kept for it.");
    }
}

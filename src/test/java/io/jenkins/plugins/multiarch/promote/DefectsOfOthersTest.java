package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the release scripts of four projects do to a registry when something goes wrong, and what a promotion does. */
class DefectsOfOthersTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final ReleaseSet release = new ReleaseSet(registry);
    private final Registry client = HttpRegistry.builder().build();
    private final Promotion promotion = new Promotion(client, line -> {}, new MemoryJournal(), new TagLocks());

    @AfterEach
    void stop() {
        registry.close();
    }

    /** As a loop of {@code skopeo copy} or {@code crane tag} does it. */
    private void tagInALoop() throws InterruptedException {
        for (ImageRef image : release.images()) {
            for (Tag tag : ReleaseSet.TAGS) {
                client.put(image.repository(), tag, client.get(image));
            }
        }
    }

    private void refuseOnePush() {
        registry.on("PUT", "/v2/acme/worker/manifests/stable").always().fail(Fault.status(403));
    }

    @Test
    void publishesNotSomeOfTheImagesWhereOneIsRefused() throws InterruptedException {
        refuseOnePush();
        assertThatThrownBy(this::tagInALoop).isInstanceOf(ReleaseException.class);
        assertThat(release.state()).contains("=new").contains("=old");
        release.takeBack();

        assertThatThrownBy(() -> promotion.promote(release.request())).isInstanceOf(ReleaseException.class);

        assertThat(release.state()).isEqualTo("old");
    }

    /** The clean-up of a failed release that deletes what the channel led to before it. */
    @Test
    void takesBackAReleaseWithoutTheOneBeforeIt() throws InterruptedException {
        Repository api = registry.repository("acme/api");
        Digest good = registry.tagged("acme/api", "stable").orElseThrow();
        client.delete(api, good);
        assertThat(registry.tagged("acme/api", "stable")).isEmpty();
        try (FakeRegistry second = FakeRegistry.start()) {
            ReleaseSet again = new ReleaseSet(second);
            second.on("PUT", "/v2/acme/worker/manifests/stable").always().fail(Fault.status(403));

            assertThatThrownBy(() -> promotion.promote(again.request())).isInstanceOf(ReleaseException.class);

            assertThat(again.state()).isEqualTo("old");
        }
    }

    /** A tag that is taken for a fixed name, and has moved when the command runs. */
    @Test
    void resolvesATagOnceForAllThatItIsPromotedTo() throws IOException, InterruptedException {
        Digest meant = registry.tagged("acme/api", "candidate").orElseThrow();
        Digest later = registry.addImage("acme/api", "later", "linux/amd64", "linux/arm64")
                .digest();
        registry.on("PUT", "/v2/acme/api/manifests/1.4.2")
                .fail(Fault.before(() -> registry.tag("acme/api", "candidate", later)));
        ImageRef candidate = ImageRef.parse(registry.repository("acme/api") + ":candidate");

        promotion.promote(new PromotionRequest(List.of(candidate), ReleaseSet.TAGS, List.of()));

        assertThat(ReleaseSet.TAGS)
                .allMatch(tag -> registry.tagged("acme/api", tag.name()).equals(Optional.of(meant)));
    }

    /** The weekly refresh that overwrites a released version. */
    @Test
    void doesNotOverwriteAReleasedVersion() throws InterruptedException {
        Digest released = registry.addImage("acme/api", "1.4.2", "linux/amd64", "linux/arm64")
                .digest();
        assertThat(registry.tagged("acme/api", "1.4.2")).contains(released);
        PromotionRequest refresh = new PromotionRequest(
                        release.images().subList(0, 1), Tag.parseAll(List.of("1.4.2")), List.of())
                .guarded(Guards.DEFAULT.immutable(List.of(TagPattern.parse("*.*.*"))));

        assertThatThrownBy(() -> promotion.promote(refresh)).hasMessageContaining("tags like '*.*.*' never move");

        assertThat(registry.tagged("acme/api", "1.4.2")).contains(released);
    }

    /** The loop over two registries in which a manifest is written anew and gets another digest. */
    @Test
    void hasTheSameDigestInEveryRegistryHoweverTheManifestWasWritten() throws IOException, InterruptedException {
        Manifest image = registry.addImage("acme/pretty", "candidate", "linux/amd64", "linux/arm64");
        String spread = new String(image.bytes(), StandardCharsets.UTF_8).replace(",", ",\n  ");
        Digest pretty = registry.addManifest(
                "acme/pretty", "candidate", MediaTypes.OCI_INDEX, spread.getBytes(StandardCharsets.UTF_8));
        try (FakeRegistry second = FakeRegistry.start()) {
            promotion.promote(new PromotionRequest(
                            List.of(ImageRef.of(registry.repository("acme/pretty"), pretty)),
                            ReleaseSet.TAGS,
                            List.of())
                    .mirrored(List.of(Mirror.parse(second.address() + "/copy/")), PromotionRequest.MirrorLag.FAILS));

            assertThat(second.tagged("copy/pretty", "1.4.2")).contains(pretty);
            assertThat(second.manifest("copy/pretty", pretty)).isPresent();
            assertThat(registry.tagged("acme/pretty", "1.4.2")).contains(pretty);
        }
    }
}

package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** As a workflow does that a newer run of its own cancels between two pushes. */
    @Test
    void leavesNothingHalfDoneWhereItIsCancelled() throws InterruptedException {
        registry.on("PUT", "/v2/acme/worker/manifests/stable").fail(Fault.before(Thread.currentThread()::interrupt));
        assertThatThrownBy(this::tagInALoop).isInstanceOf(InterruptedException.class);
        assertThat(release.state()).contains("=new").contains("=old");
        release.takeBack();
        registry.on("PUT", "/v2/acme/worker/manifests/stable").fail(Fault.before(Thread.currentThread()::interrupt));

        assertThatThrownBy(() -> promotion.promote(release.request())).isInstanceOf(InterruptedException.class);

        assertThat(release.state()).isEqualTo("old");
    }

    /** The {@code latest} of whatever was released last, be it a prerelease or a fix of an old line. */
    @ParameterizedTest
    @ValueSource(strings = {"2.1.0-rc.1", "1.9.9"})
    void givesLatestToTheHighestStableVersionAlone(String version) throws IOException, InterruptedException {
        Digest highest = registry.addImage("acme/app", "2.0.0", "linux/amd64").digest();
        Digest lower = registry.addImage("acme/app", version, "linux/amd64").digest();
        ImageRef image = ImageRef.of(registry.repository("acme/app"), lower);
        client.put(image.repository(), Tag.LATEST, client.get(image));
        assertThat(registry.tagged("acme/app", "latest")).contains(lower);
        registry.tag("acme/app", "latest", highest);

        promotion.promote(new PromotionRequest(List.of(image), Tag.parseAll(List.of(version, "latest")), List.of())
                .guarded(Guards.DEFAULT));

        assertThat(registry.tagged("acme/app", "latest")).contains(highest);
        assertThat(registry.tagged("acme/app", version)).contains(lower);
    }

    /** Two builds of a branch, of which the older one is the slower: whoever writes last has it, unless somebody sleeps. */
    @Test
    void leavesTheTagsToTheNewerBuildHoweverSlowTheOlderOneIs() throws IOException, InterruptedException {
        ImageRef older = built("2026-11-21T13:00:00Z");
        ImageRef newer = built("2026-11-21T13:05:00Z");
        client.put(newer.repository(), Tag.LATEST, client.get(newer));
        client.put(older.repository(), Tag.LATEST, client.get(older));
        assertThat(registry.tagged("acme/app", "latest")).isEqualTo(older.digest());
        promotion.promote(latest(newer));

        PromotedTags late = promotion.promote(latest(older));

        assertThat(late.isSuperseded()).isTrue();
        assertThat(registry.tagged("acme/app", "latest")).isEqualTo(newer.digest());
    }

    private ImageRef built(String time) {
        ImageManifest image = registry.addImageManifest("acme/app", time, "linux/amd64");
        ImageIndex index = ImageIndex.of(
                List.of(image.descriptor().withPlatform(Platform.parse("linux/amd64"))),
                Map.of("org.opencontainers.image.created", time));
        return ImageRef.of(
                registry.repository("acme/app"),
                registry.addManifest("acme/app", index).digest());
    }

    private static PromotionRequest latest(ImageRef image) {
        return new PromotionRequest(List.of(image), List.of(Tag.LATEST), List.of())
                .guarded(Guards.NONE.order(Order.byBuildTime()).yields(true));
    }

    /** Evidence beside the images of the platforms alone, of which whoever verifies the tag finds nothing. */
    @Test
    void promotesNoIndexThatHasNoEvidenceItself() throws InterruptedException {
        ImageRef api = release.images().get(0);
        Manifest child = client.get(api.at(client.get(api).children().get(0).digest()));
        registry.addReferrer("acme/api", child, "application/vnd.dev.sigstore.bundle.v0.3+json", "provenance");
        client.put(api.repository(), new Tag("prod"), client.get(api));
        assertThat(client.referrers(api.repository(), api.requireDigest(), "")).isEmpty();
        Evidence provenance = image -> {
            if (client.referrers(image.repository(), image.requireDigest(), "").isEmpty()) {
                throw new ReleaseException(image + " has no provenance.", "Attest it.");
            }
        };
        PromotionRequest request =
                new PromotionRequest(List.of(api), ReleaseSet.TAGS, List.of()).guarded(Guards.NONE.require(provenance));

        assertThatThrownBy(() -> promotion.promote(request)).hasMessage(api + " has no provenance. Attest it.");

        assertThat(registry.tagged("acme/api", "1.4.2")).isEmpty();
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

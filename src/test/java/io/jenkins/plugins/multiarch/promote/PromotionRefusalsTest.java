package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromotionRefusalsTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");
    private static final Tag STABLE = new Tag("stable");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);

    private Promotion promotion() {
        return new Promotion(registry, line -> {}, new MemoryJournal(), new TagLocks());
    }

    private static PromotionRequest request(Manifest image, String... tags) {
        return new PromotionRequest(List.of(ImageRef.of(APP, image.digest())), Tag.parseAll(List.of(tags)), List.of());
    }

    @Test
    void refusesAConfigurationBeyondAllUse() throws InterruptedException {
        images.tag("stable", images.image("linux/amd64", "old"));
        Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(new byte[0]), 5 << 20);
        Manifest image = ImageManifest.of(config, List.of(), Map.of());
        registry.plant(APP, image);

        assertThatThrownBy(() -> promotion().promote(request(image, "stable").guarded(Guards.DEFAULT)))
                .hasMessage("The configuration " + config.digest() + " of " + APP
                        + " has 5242880 bytes. No image needs that much; look what was pushed there.");
    }

    @Test
    void saysThatATagDidNotMoveAlthoughTheRegistrySaidSo() throws InterruptedException {
        Manifest old = images.image("linux/amd64", "old");
        Manifest fresh = images.image("linux/amd64", "new");
        images.tag("stable", old);
        AtomicInteger heads = new AtomicInteger();
        registry.before(request -> {
            if (request.equals("HEAD " + APP + " stable") && heads.incrementAndGet() > 2) {
                registry.plant(APP, STABLE, old);
            }
        });

        assertThatThrownBy(() -> promotion().promote(request(fresh, "stable")))
                .hasMessage(
                        APP + ":stable was set to " + fresh.digest() + " but leads to " + old.digest()
                                + " still. The registry said that it had done it; ask whoever runs it, or what caches its answers.");
    }

    @Test
    void namesATagThatSomebodyElseMovesWhileItIsPutBack() throws InterruptedException {
        Manifest fresh = images.image("linux/amd64", "new");
        images.tag("stable", images.image("linux/amd64", "old"));
        Manifest theirs = images.image("linux/amd64", "theirs");
        AtomicInteger writes = new AtomicInteger();
        registry.before(request -> {
            if (request.equals("PUT " + APP + " latest")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
            if (request.equals("PUT " + APP + " stable")) {
                writes.incrementAndGet();
            }
            if (request.equals("HEAD " + APP + " stable") && writes.get() == 2) {
                registry.plant(APP, STABLE, theirs);
            }
        });

        assertThatThrownBy(() -> promotion().promote(request(fresh, "stable", "latest")))
                .hasMessageStartingWith("Not every tag could be put back after this: You may not push.\n- " + APP
                        + ":stable may lead to ")
                .hasMessageContaining(APP + ":stable was put back and leads to " + theirs.digest() + " now.");
    }

    @Test
    void saysThatAMirrorWasOvertaken() throws IOException, InterruptedException {
        Manifest fresh = images.image("linux/amd64", "new");
        Manifest theirs = new SampleImages(registry, MIRROR).image("linux/amd64", "theirs");
        registry.before(request -> {
            if (request.equals("PUT " + APP + " stable")) {
                registry.plant(MIRROR, STABLE, theirs);
            }
        });

        PromotedTags promoted = promotion()
                .promote(request(fresh, "stable").mirrored(List.of(new Mirror(MIRROR.toString())), MirrorLag.REPORTED));

        assertThat(promoted.lagging())
                .containsExactly("The mirror " + MIRROR + " stays behind: " + MIRROR
                        + ":stable was not moved: superseded by " + theirs.digest() + ".");
        assertThat(registry.find(MIRROR, STABLE)).contains(theirs);
    }
}

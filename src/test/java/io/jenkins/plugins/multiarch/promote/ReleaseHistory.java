package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Releases of some images in memory, one after the other, each a second later. */
final class ReleaseHistory {
    static final List<Tag> TAGS = Tag.parseAll(List.of("stable", "latest"));

    final InMemoryRegistry registry = new InMemoryRegistry();
    final List<String> log = new ArrayList<>();
    final MemoryJournal journal = new MemoryJournal();
    private final Clock clock = new Seconds();
    private Optional<Signer> signer = Optional.empty();
    private Optional<Verifier> trusted = Optional.empty();

    /** Every look at it takes a second. */
    private static final class Seconds extends Clock {
        private Instant now = Instant.parse("2026-11-21T12:00:00Z");

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    ReleaseHistory signedBy(Signer one) {
        signer = Optional.of(one);
        return this;
    }

    ReleaseHistory trusting(Verifier one) {
        trusted = Optional.of(one);
        return this;
    }

    static Repository repository(String name) {
        return Repository.parse("a.example/acme/" + name);
    }

    Receipts receipts() {
        return new Receipts(registry, signer, trusted, clock);
    }

    Promotion promotion() {
        return new Promotion(
                registry, log::add, journal, new TagLocks(), Copier.here(registry, log::add), Optional.of(receipts()));
    }

    Rollback rollback() {
        return new Rollback(registry, log::add, journal, new TagLocks(), receipts());
    }

    /** An image for two platforms, the same whenever it is asked for. */
    Manifest image(String name, String version) throws InterruptedException {
        SampleImages samples = new SampleImages(registry, repository(name));
        return samples.index(
                samples.image("linux/amd64", name + version), samples.image("linux/arm64", name + version));
    }

    Digest digest(String name, String version) throws InterruptedException {
        return image(name, version).digest();
    }

    ImageRef reference(String name, String version) throws InterruptedException {
        return ImageRef.of(repository(name), digest(name, version));
    }

    PromotionRequest request(String version, String... names) throws InterruptedException {
        List<ImageRef> images = new ArrayList<>();
        for (String name : names) {
            images.add(reference(name, version));
        }
        return new PromotionRequest(images, TAGS, List.of()).noted(new ReleaseNote(version, "", ""));
    }

    PromotedTags promote(String version, String... names) throws IOException, InterruptedException {
        return promotion().promote(request(version, names));
    }

    static RollbackRequest back(String to, String... names) {
        return new RollbackRequest(
                Arrays.stream(names).map(ReleaseHistory::repository).toList(), TAGS, RollbackTarget.parse(to));
    }

    PromotedTags rollBack(String to, String... names) throws IOException, InterruptedException {
        return rollback().rollBack(back(to, names));
    }

    Optional<Digest> tagged(String name, String tag) throws InterruptedException {
        return registry.head(repository(name), new Tag(tag)).map(Descriptor::digest);
    }
}

package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the registries of the world allow to be taken back. */
class RestorationTest {
    private final List<String> log = new ArrayList<>();

    private Promotion promotion() {
        return new Promotion(
                HttpRegistry.builder()
                        .backoff(new Backoff(1, Duration.ofMillis(1)))
                        .build(),
                log::add,
                new MemoryJournal(),
                new TagLocks());
    }

    /** As Amazon ECR can be told to. */
    @ParameterizedTest
    @EnumSource(names = {"SPEC", "ECR"})
    void takesAReleaseBackWhereTheRegistryMovesNoTag(Quirks quirks) {
        try (FakeRegistry registry = FakeRegistry.builder()
                .imitating(quirks)
                .with(Trait.IMMUTABLE_TAGS)
                .start()) {
            ReleaseSet release = new ReleaseSet(registry);
            Digest released = registry.addImage("acme/base", "1.4.2", "linux/amd64", "linux/arm64")
                    .digest();
            PromotionRequest version =
                    new PromotionRequest(release.images(), Tag.parseAll(List.of("1.4.2")), List.of());

            assertThatThrownBy(() -> promotion().promote(version))
                    .hasMessageStartingWith("Nothing was promoted, and every tag that had moved is back where it was: ")
                    .hasMessageEndingWith(
                            "The tag is immutable there: choose another tag, or change the repository's rule.");

            assertThat(registry.tagged("acme/base", "1.4.2")).contains(released);
            assertThat(registry.tagged("acme/api", "1.4.2")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void addsTagsWhereTheRegistryMovesNone(Quirks quirks) throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.builder()
                .imitating(quirks)
                .with(Trait.IMMUTABLE_TAGS)
                .start()) {
            ReleaseSet release = new ReleaseSet(registry);
            PromotionRequest version =
                    new PromotionRequest(release.images(), Tag.parseAll(List.of("1.4.2")), List.of());

            promotion().promote(version);
            PromotedTags again = promotion().promote(version);

            assertThat(again.isChanged()).isFalse();
            assertThat(again.tags()).hasSize(5);
        }
    }

    /** Amazon ECR has no repository that nobody made. */
    @Test
    void movesNoTagWhereAMirrorHasNoSuchRepository() {
        try (FakeRegistry registry = FakeRegistry.start();
                FakeRegistry mirror = FakeRegistry.builder()
                        .imitating(Quirks.ECR)
                        .with(Trait.NO_AUTO_CREATION)
                        .start()) {
            ReleaseSet release = new ReleaseSet(registry);
            Stream.of("api", "web", "worker", "proxy").forEach(name -> mirror.addRepository("copy/" + name));

            assertThatThrownBy(() -> promotion()
                            .promote(release.request()
                                    .mirrored(List.of(Mirror.parse(mirror.address() + "/copy/")), MirrorLag.FAILS)))
                    .hasMessageContaining("copy/base");

            assertThat(release.state()).isEqualTo("old");
            assertThat(mirror.tags("copy/api")).isEmpty();
        }
    }

    /** Where the one that was just set was its only tag. */
    @Test
    void keepsAnImageThatTheRegistryDeletesWithItsTag() throws IOException, InterruptedException {
        try (FakeRegistry registry =
                FakeRegistry.builder().imitating(Quirks.ECR).start()) {
            ReleaseSet release = new ReleaseSet(registry);
            release.images().forEach(image -> registry.untag(image.repository().path(), "candidate"));
            registry.on("PUT", "/v2/acme/base/manifests/latest").fail(Fault.status(403));

            assertThatThrownBy(() -> promotion().promote(release.request())).isInstanceOf(ReleaseException.class);

            assertThat(release.state()).isEqualTo("old");
            promotion().promote(release.request());
            assertThat(release.state()).isEqualTo("new");
        }
    }

    @Test
    void namesATagThatMayAppearLaterForItsRequestWasNeverAnswered() {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            registry.on("PUT", "/v2/acme/base/manifests/1.4.2").always().fail(Fault.reset());

            assertThatThrownBy(() -> promotion().promote(release.request()))
                    .hasMessageStartingWith(
                            "Nothing was promoted, and every tag that had moved is back where it was: PUT ")
                    .hasMessageContaining("\n- Nobody knows what became of a request to set " + registry.address()
                            + "/acme/base:1.4.2 to "
                            + release.images().get(4).digest().orElseThrow() + "; it may still be carried out. ");

            assertThat(release.state()).isEqualTo("old");
        }
    }

    @Test
    void securesAfterACrashWhatWasNeverAnsweredBefore() throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            Repository api = registry.repository("acme/api");
            Digest stands = registry.tagged("acme/api", "stable").orElseThrow();
            Digest fresh = release.images().get(0).digest().orElseThrow();
            TagChange made = new TagChange(new TagName(api, new Tag("1.4.2")), Optional.empty(), fresh);
            TagChange moved = new TagChange(new TagName(api, new Tag("stable")), Optional.of(stands), fresh);
            MemoryJournal journal = new MemoryJournal();
            journal.append(new JournalEntry.Planned(List.of(made, moved)));
            journal.append(new JournalEntry.Restoring("There was no answer.", List.of(made.name(), moved.name())));

            new Promotion(HttpRegistry.builder().build(), log::add, journal, new TagLocks()).recover();

            assertThat(log)
                    .contains(
                            "Restored " + moved.name() + " to " + stands + ".",
                            "Nobody knows what became of a request to set " + made.name() + " to " + fresh
                                    + "; it may still be carried out.");
            assertThat(journal.unfinished()).isEmpty();
        }
    }

    @Test
    void putsEverythingBackWhenItIsStopped() throws InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread build = new Thread(() -> {
                try {
                    promotion().promote(release.request());
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            registry.on("PUT", "/v2/acme/web/manifests/latest").fail(Fault.before(build::interrupt));

            build.start();

            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(release.state()).isEqualTo("old");
        }
    }

    /** As long as taking back takes, so long is a release half. */
    @Test
    void putsTagsBackAFewAtATime() throws InterruptedException {
        InMemoryRegistry registry = new InMemoryRegistry();
        List<ImageRef> images = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Repository repository = Repository.parse("a.example/acme/app" + i);
            SampleImages samples = new SampleImages(registry, repository);
            samples.tag("stable", samples.image("linux/amd64", "old" + i));
            samples.tag("latest", samples.image("linux/amd64", "old" + i));
            images.add(ImageRef.of(
                    repository, samples.image("linux/amd64", "new" + i).digest()));
        }
        AtomicBoolean failed = new AtomicBoolean();
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger together = new AtomicInteger();
        registry.before(request -> {
            if (request.equals("PUT a.example/acme/app7 latest") && failed.compareAndSet(false, true)) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
            if (failed.get() && request.startsWith("PUT") && request.endsWith(" stable")) {
                await(four);
                together.incrementAndGet();
            }
        });

        assertThatThrownBy(() -> new Promotion(registry, log::add)
                        .promote(new PromotionRequest(images, Tag.parseAll(List.of("stable", "latest")), List.of())))
                .hasMessageStartingWith("Nothing was promoted, and every tag that had moved is back where it was: ");

        assertThat(together).hasValue(8);
        assertThat(log.stream().filter(line -> line.startsWith("Restored") && line.contains(":stable")))
                .hasSize(8);
    }

    private static void await(CyclicBarrier others) throws InterruptedException {
        try {
            others.await(60, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("one tag was put back after the other", e);
        }
    }
}

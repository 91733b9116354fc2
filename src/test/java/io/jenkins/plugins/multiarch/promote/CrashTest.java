package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A process that dies in the middle of a promotion, and another one that finds its journal. */
class CrashTest {
    private static final List<Tag> TAGS = Tag.parseAll(List.of("1.4.2", "stable", "latest"));
    private static final int IMAGES = 5;

    private final List<ImageRef> images = new ArrayList<>();
    private final List<Digest> before = new ArrayList<>();
    private final MemoryJournal journal = new MemoryJournal();
    private final AtomicBoolean dead = new AtomicBoolean();
    private final InMemoryRegistry registry = new InMemoryRegistry();

    /** The end of a process: nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void publish() throws InterruptedException {
        for (int i = 0; i < IMAGES; i++) {
            Repository repository = Repository.parse("a.example/acme/app" + i);
            SampleImages samples = new SampleImages(registry, repository);
            Manifest old = samples.image("linux/amd64", "old" + i);
            Manifest fresh = samples.image("linux/amd64", "new" + i);
            samples.tag("stable", old);
            samples.tag("latest", old);
            before.add(old.digest());
            images.add(ImageRef.of(repository, fresh.digest()));
        }
        registry.forgetRequests();
    }

    private PromotionRequest request() {
        return new PromotionRequest(images, TAGS, List.of());
    }

    private Promotion promotion() {
        return new Promotion(registry, line -> {}, journal, new TagLocks());
    }

    private Promotion promotionWithReceipts() {
        Receipts receipts = new Receipts(registry, Optional.empty(), Optional.empty());
        return new Promotion(
                registry,
                line -> {},
                journal,
                new TagLocks(),
                Copier.here(registry, line -> {}),
                Optional.of(receipts));
    }

    private String state() throws InterruptedException {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            for (Tag tag : TAGS) {
                Optional<Digest> now =
                        registry.head(images.get(i).repository(), tag).map(found -> found.digest());
                Optional<Digest> old = tag.name().equals("1.4.2") ? Optional.empty() : Optional.of(before.get(i));
                kinds.add(now.equals(images.get(i).digest()) ? "new" : now.equals(old) ? "old" : "other");
            }
        }
        return kinds.stream().distinct().count() == 1 ? kinds.get(0) : kinds.toString();
    }

    private void runUntilKilled() throws IOException, InterruptedException {
        try {
            promotion().promote(request());
        } catch (Killed e) {
            assertThat(dead).isTrue();
        }
    }

    private void dieBehindEntry(int number) {
        journal.behindEachEntry(() -> {
            if (journal.size() == number) {
                dead.set(true);
                throw new Killed();
            }
        });
        journal.beforeEachEntry(this::endWhereDead);
        registry.before(request -> endWhereDead());
    }

    private void endWhereDead() {
        if (dead.get()) {
            throw new Killed();
        }
    }

    private void revive() {
        dead.set(false);
        journal.beforeEachEntry(() -> {});
        journal.behindEachEntry(() -> {});
        registry.before(request -> {});
    }

    @Test
    void isFinishedByTheNextProcessWhereverTheJournalEnds() throws IOException, InterruptedException {
        int entries = 1 + IMAGES * TAGS.size() + 1;
        for (int number = 1; number <= entries; number++) {
            CrashTest run = new CrashTest();
            run.publish();
            run.dieBehindEntry(number);
            run.runUntilKilled();
            run.revive();

            Optional<PromotedTags> recovered = run.promotion().recover();

            assertThat(run.state()).as("behind entry %d", number).isEqualTo("new");
            assertThat(recovered.isPresent()).isEqualTo(number < entries);
            assertThat(run.promotion().recover()).isEmpty();
        }
    }

    @Test
    void leavesNoMixWhicheverRequestItDiesAt() throws IOException, InterruptedException {
        for (int number = 1; number < 100; number++) {
            CrashTest run = new CrashTest();
            run.publish();
            run.dieAtRequest(number);
            run.runUntilKilled();
            boolean died = run.dead.get();
            run.revive();

            run.promotion().recover();

            assertThat(run.state()).as("at request %d", number).isIn("old", "new");
            run.promotion().promote(run.request());
            assertThat(run.state()).as("run again").isEqualTo("new");
            if (!died) {
                return;
            }
        }
        throw new AssertionError("a promotion takes fewer requests than that");
    }

    private void dieAtRequest(int number) {
        AtomicInteger seen = new AtomicInteger();
        journal.beforeEachEntry(this::endWhereDead);
        registry.before(request -> {
            if (dead.get() || seen.incrementAndGet() == number) {
                dead.set(true);
                throw new Killed();
            }
        });
    }

    @Test
    void finishesTakingBackWhatWasBeingTakenBack() throws IOException, InterruptedException {
        publish();
        registry.before(request -> {
            if (dead.get()) {
                throw new Killed();
            }
            if (request.startsWith("PUT") && request.endsWith("latest")) {
                throw new RegistryException("You may not push.", "Ask for the right.", 403, "DENIED", false, null);
            }
        });
        journal.behindEachEntry(() -> {
            if (journal.entries().get(journal.size() - 1) instanceof JournalEntry.Restoring) {
                dead.set(true);
                throw new Killed();
            }
        });
        runUntilKilled();
        revive();

        promotion().recover();

        assertThat(state()).isEqualTo("old");
    }

    @Test
    void takesBackWhereSomebodyElseMovedATagMeanwhile() throws IOException, InterruptedException {
        publish();
        dieBehindEntry(8);
        runUntilKilled();
        revive();
        Repository first = images.get(0).repository();
        Manifest theirs = new SampleImages(registry, first).image("linux/amd64", "theirs");
        registry.put(first, Tag.LATEST, theirs);

        Optional<PromotedTags> recovered = promotion().recover();

        assertThat(recovered.orElseThrow().supersededBy())
                .isEqualTo("Somebody else set " + first + ":latest to " + theirs.digest() + " meanwhile.");
        registry.put(first, Tag.LATEST, registry.find(first, before.get(0)).orElseThrow());
        assertThat(state()).isEqualTo("old");
    }

    @Test
    void takesBackWhereAnImageIsGone() throws IOException, InterruptedException {
        publish();
        dieBehindEntry(1);
        runUntilKilled();
        revive();
        registry.delete(images.get(4).repository(), images.get(4).digest().orElseThrow());

        Optional<PromotedTags> recovered = promotion().recover();

        assertThat(recovered.orElseThrow().supersededBy()).isEqualTo(images.get(4) + " is not there any more.");
        assertThat(state()).isEqualTo("old");
    }

    @Test
    void keepsTheJournalOpenWhereTagsCannotBePutBack() throws IOException, InterruptedException {
        publish();
        AtomicInteger writes = new AtomicInteger();
        registry.before(request -> {
            if (dead.get() || (request.startsWith("PUT") && writes.incrementAndGet() == 12)) {
                dead.set(true);
                throw new RegistryException("There is no answer.", "Wait.", 0, "", true, null);
            }
        });

        assertThatThrownBy(() -> promotion().promote(request()))
                .hasMessageStartingWith("Not every tag could be put back after this: There is no answer.\n- ")
                .hasMessageContaining(" may lead to ")
                .hasMessageEndingWith(
                        "Promote again when the registry answers: that puts back, or finishes, what is in the journal.");
        revive();
        assertThat(promotion().recover()).isPresent();
        assertThat(state()).isEqualTo("old");
    }

    /** The receipts take seconds, and the journal may lie for months then. */
    @Test
    void takesNothingBackOnceEveryTagWasReadBack() throws IOException, InterruptedException {
        publish();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                dead.set(true);
            }
            endWhereDead();
        });
        try {
            promotionWithReceipts().promote(request());
        } catch (Killed e) {
            assertThat(dead).isTrue();
        }
        revive();
        assertThat(state()).isEqualTo("new");
        Repository first = images.get(0).repository();
        Manifest theirs = new SampleImages(registry, first).image("linux/amd64", "theirs");
        registry.put(first, Tag.LATEST, theirs);

        Optional<PromotedTags> recovered = promotionWithReceipts().recover();

        assertThat(recovered.orElseThrow().supersededBy()).isEmpty();
        assertThat(registry.head(first, Tag.LATEST).orElseThrow().digest()).isEqualTo(theirs.digest());
        registry.put(
                first,
                Tag.LATEST,
                registry.find(first, images.get(0).digest().orElseThrow()).orElseThrow());
        assertThat(state()).isEqualTo("new");
        assertThat(new Receipts(registry, Optional.empty(), Optional.empty())
                        .beside(first, images.get(0).digest().orElseThrow()))
                .hasSize(1);
        assertThat(promotion().recover()).isEmpty();
    }
}

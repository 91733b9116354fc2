package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions with a journal on a disk that are stopped, or whose disk is full. */
class JournaledPromotionTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final List<Tag> TAGS = Tag.parseAll(List.of("1.4.2", "stable", "latest"));

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path path;

    private PromotionFolder folder;
    private Manifest old;
    private Manifest image;

    @BeforeEach
    void publish() throws IOException, InterruptedException {
        folder = PromotionFolder.at(path);
        SampleImages samples = new SampleImages(registry, APP);
        old = samples.image("linux/amd64", "old");
        image = samples.image("linux/amd64", "new");
        samples.tag("stable", old);
        samples.tag("latest", old);
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    private PromotionRequest request() {
        return new PromotionRequest(List.of(ImageRef.of(APP, image.digest())), TAGS, List.of());
    }

    private Promotion promotion(Journal journal, Consumer<String> lines) {
        Receipts receipts = new Receipts(registry, Optional.empty(), Optional.empty());
        return new Promotion(
                registry, lines, journal, new TagLocks(), Copier.here(registry, lines), Optional.of(receipts));
    }

    private boolean isAt(Manifest manifest) throws InterruptedException {
        for (Tag tag : TAGS) {
            Optional<Digest> expected =
                    manifest == old && tag.name().equals("1.4.2") ? Optional.empty() : Optional.of(manifest.digest());
            if (!registry.head(APP, tag).map(found -> found.digest()).equals(expected)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void leavesNothingToFinishWhereItIsStoppedAsItWritesWhatItIsAboutToDo() throws Exception {
        try (FileJournal journal = folder.journal()) {
            Promotion promotion = new Promotion(registry, log::add, journal, new TagLocks());

            assertThatThrownBy(() -> promotion.promote(
                            request(), survey -> Thread.currentThread().interrupt()))
                    .isInstanceOf(InterruptedException.class);
        }

        assertThat(path).isEmptyDirectory();
        assertThat(isAt(old)).isTrue();
    }

    @Test
    void staysDoneWhereItIsStoppedAsItWritesThatItIsDone() throws Exception {
        PromotedTags promoted;
        try (FileJournal journal = folder.journal()) {
            promoted = promotion(journal, line -> {
                        if (line.startsWith("Left a receipt ")) {
                            Thread.currentThread().interrupt();
                        }
                    })
                    .promote(request());
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(promoted.tags()).allMatch(MovedTag::changed);
        assertThat(isAt(image)).isTrue();
        assertThat(path).isEmptyDirectory();
    }

    /** With its receipts, which tell that it was made. */
    @Test
    void staysDoneWhereNothingCanBeWrittenOfItsEnd() throws Exception {
        MemoryJournal memory = new MemoryJournal();
        Journal full = new Journal() {
            @Override
            public void append(JournalEntry entry) throws IOException {
                if (entry instanceof JournalEntry.Ended) {
                    throw new IOException("No space left on device");
                }
                memory.append(entry);
            }

            @Override
            public List<JournalEntry> entries() {
                return memory.entries();
            }
        };

        PromotedTags promoted = promotion(full, log::add).promote(request());

        assertThat(promoted.tags()).allMatch(MovedTag::changed);
        assertThat(isAt(image)).isTrue();
        assertThat(log)
                .contains(
                        "Left a receipt beside " + APP + "@" + image.digest() + ".",
                        "The journal could not be written: No space left on device.");
        assertThatThrownBy(() -> promotion(full, log::add)
                        .promote(new PromotionRequest(
                                List.of(ImageRef.of(APP, old.digest())), Tag.parseAll(List.of("stable")), List.of())))
                .hasMessage("No tag was moved: the promotion before is not ended, of " + APP + ":1.4.2, " + APP
                        + ":stable, " + APP + ":latest. Promote again when the registry of these answers: that ends it"
                        + " first.");
    }

    /** As a heap that is full, or a plugin that is replaced while Jenkins runs: the process goes on. */
    @Test
    void isTakenBackWhereTheProcessFails() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " latest")) {
                throw new OutOfMemoryError("Java heap space");
            }
        });

        try (FileJournal journal = folder.journal()) {
            assertThatThrownBy(() -> promotion(journal, log::add).promote(request()))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        assertThat(isAt(old)).isTrue();
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void namesWhatIsLeftWhereTheProcessFailsAgain() throws Exception {
        registry.before(request -> {
            if (request.equals("PUT " + APP + " latest")
                    || (!log.isEmpty() && request.equals("HEAD " + APP + " stable"))) {
                throw new OutOfMemoryError("Java heap space");
            }
        });

        try (FileJournal journal = folder.journal()) {
            assertThatThrownBy(() -> promotion(journal, log::add).promote(request()))
                    .hasMessageStartingWith("Not every tag could be put back after this: This process has failed"
                            + " (java.lang.OutOfMemoryError: Java heap space).\n- " + APP + ":stable may lead to "
                            + image.digest() + " instead of " + old.digest() + ": this process has failed");
        }

        registry.before(request -> {});
        assertThat(FileJournal.in(path)).hasSize(1);
    }
}

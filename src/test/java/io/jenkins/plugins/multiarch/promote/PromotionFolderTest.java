package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionFolderTest {
    @TempDir
    private Path home;

    private Path path;
    private PromotionFolder folder;
    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeTheFolder() throws IOException {
        path = home.resolve("release/promotions");
        folder = PromotionFolder.at(path);
    }

    private static TagChange change(String tag) {
        return new TagChange(
                new TagName(Repository.parse("a.example/acme/app"), new Tag(tag)),
                Optional.of(Digest.sha256(new byte[] {1})),
                Digest.sha256(new byte[] {2}));
    }

    private void breakOff(String tag) throws IOException {
        try (FileJournal journal = folder.journal()) {
            journal.append(new JournalEntry.Planned(List.of(change(tag))));
        }
    }

    private void recover(List<TagName> names, PromotionFolder.Rescue rescue) throws IOException, InterruptedException {
        folder.begin(request(names), new TagLocks(), log::add, rescue).close();
    }

    private static PromotionRequest request(List<TagName> names) {
        ImageRef image = ImageRef.of(names.get(0).repository(), Digest.sha256(new byte[] {2}));
        return new PromotionRequest(
                List.of(image), names.stream().map(TagName::tag).toList(), List.of());
    }

    private static Optional<PromotedTags> end(FileJournal journal, JournalEntry.Outcome outcome) throws IOException {
        journal.append(new JournalEntry.Ended(outcome));
        return Optional.empty();
    }

    private static PromotionPlan plan(int number) {
        Digest digest = Digest.sha256(new byte[] {(byte) number});
        MovedTag tag =
                new MovedTag(Repository.parse("a.example/acme/app"), new Tag("stable"), Optional.empty(), digest, true);
        return new PromotionPlan(
                List.of(new PlannedTag(tag, "", "1.4", List.of(), List.of())), List.of(), "", List.of());
    }

    @Test
    void mayBeReadByItsOwnerAlone() throws IOException {
        folder.keep(plan(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(path)) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(files.findFirst().orElseThrow())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void hasEachJournalWithOneOfTheTagsEnded() throws Exception {
        breakOff("stable");
        breakOff("latest");
        breakOff("1.4");
        List<TagName> ended = new ArrayList<>();

        recover(List.of(change("1.4").name(), change("stable").name()), journal -> {
            ended.addAll(journal.unfinished());
            return end(journal, JournalEntry.Outcome.DONE);
        });

        assertThat(ended)
                .containsExactlyInAnyOrder(
                        change("1.4").name(), change("stable").name());
        assertThat(FileJournal.in(path)).hasSize(1);
    }

    @Test
    void leavesAJournalThatSomebodyHoldsAlone() throws Exception {
        try (FileJournal held = folder.journal()) {
            held.append(new JournalEntry.Planned(List.of(change("stable"))));

            recover(List.of(change("stable").name()), journal -> {
                throw new AssertionError("nobody else may end it");
            });

            held.append(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
        }
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void holdsNoJournalAfterOneCouldNotBeEnded() throws Exception {
        breakOff("stable");
        breakOff("stable");

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> recover(List.of(change("stable").name()), journal -> {
                        throw new IOException("the registry does not answer");
                    }))
                    .hasMessage("the registry does not answer");
        }
    }

    @Test
    void setsAJournalAsideThatCannotBeReadAndGoesOn() throws Exception {
        breakOff("stable");
        Path glued = path.resolve("promotion-1.journal");
        Files.writeString(glued, "{\"version\":1,\"ent{\"version\":1,\"entry\":\"restoring\"}\n");
        List<TagName> ended = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            recover(List.of(change("stable").name()), journal -> {
                ended.addAll(journal.unfinished());
                return Optional.empty();
            });
        }

        assertThat(ended)
                .containsExactly(change("stable").name(), change("stable").name());
        assertThat(log)
                .singleElement()
                .asString()
                .startsWith(
                        "Set aside a journal of a promotion that cannot be read, so that nobody knows whether its tags"
                                + " moved: " + path.resolve("promotion-1.unreadable")
                                + ". The entry of a promotion's journal ");
        assertThat(glued).doesNotExist();
    }

    @Test
    void namesWhoeverLeftWhatCannotBeEnded() throws Exception {
        FileJournal journal = folder.journal("release/app#57");
        journal.append(new JournalEntry.Planned(List.of(change("stable"))));
        journal.close();

        assertThatThrownBy(() -> recover(List.of(change("stable").name()), broken -> {
                    assertThat(broken.owner()).contains("release/app#57");
                    throw new ReleaseException("a.example says no.", "Ask for the right.");
                }))
                .hasMessage("What release/app#57 left half done could not be ended, of a.example/acme/app:stable:"
                        + " a.example says no. Ask for the right. Where its registry never comes back, delete "
                        + journal
                        + ": its tags then stay where they are.");
    }

    @Test
    void leavesNoJournalOfAPromotionThatEnded() throws Exception {
        Files.createFile(path.resolve("promotion-1.journal"));

        recover(List.of(change("stable").name()), journal -> Optional.empty());

        assertThat(path).isEmptyDirectory();
    }

    @Test
    void endsWhatBrokeOffWhileItWaitedForTheTurn() throws Exception {
        TagLocks locks = new TagLocks();
        CountDownLatch waiting = new CountDownLatch(1);
        List<TagName> ended = new ArrayList<>();
        TagName stable = change("stable").name();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TagLocks.Held turn = locks.take(List.of(stable), log::add);
            Future<?> next = thread.submit(() -> {
                folder.begin(request(List.of(stable)), locks, line -> waiting.countDown(), journal -> {
                            ended.addAll(journal.unfinished());
                            return end(journal, JournalEntry.Outcome.RESTORED);
                        })
                        .close();
                return null;
            });
            waiting.await();

            breakOff("stable");
            turn.close();
            next.get(60, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }

        assertThat(ended).containsExactly(stable);
    }

    @Test
    void hasTheTurnOfEachTagOfWhatItEnds() throws Exception {
        TagLocks locks = new TagLocks();
        CountDownLatch waiting = new CountDownLatch(1);
        try (FileJournal journal = folder.journal()) {
            journal.append(new JournalEntry.Planned(List.of(change("1.4"), change("stable"))));
        }
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TagLocks.Held turn = locks.take(List.of(change("1.4").name()), log::add);
            Future<?> next = thread.submit(() -> {
                folder.begin(
                                request(List.of(change("stable").name())),
                                locks,
                                line -> waiting.countDown(),
                                journal -> end(journal, JournalEntry.Outcome.RESTORED))
                        .close();
                return null;
            });

            waiting.await();
            assertThat(FileJournal.in(path)).hasSize(1);
            turn.close();
            next.get(60, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }

        assertThat(path).isEmptyDirectory();
    }

    /** As the promotion of a build that goes on is ended by its journal's name, while others come for the same tags. */
    @Test
    void takesTheTurnsBeforeTheJournal() throws Exception {
        TagLocks locks = new TagLocks();
        CountDownLatch waiting = new CountDownLatch(1);
        FileJournal journal = folder.journal();
        journal.append(new JournalEntry.Planned(List.of(change("stable"))));
        journal.close();
        List<TagName> ended = new ArrayList<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TagLocks.Held turn = locks.take(List.of(change("stable").name()), log::add);
            Future<?> resumed = thread.submit(() -> {
                folder.recover(
                        journal.name(),
                        locks,
                        line -> waiting.countDown(),
                        left -> end(left, JournalEntry.Outcome.DONE));
                return null;
            });
            waiting.await();

            folder.begin(request(List.of(change("stable").name())), locks, log::add, left -> {
                        ended.addAll(left.unfinished());
                        return end(left, JournalEntry.Outcome.RESTORED);
                    })
                    .close();

            turn.close();
            resumed.get(60, TimeUnit.SECONDS);
        } finally {
            thread.shutdownNow();
        }

        assertThat(ended).containsExactly(change("stable").name());
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void keepsPlansByTheirHashAndForgetsTheOldest() throws IOException {
        for (int i = 0; i < 60; i++) {
            folder.keep(plan(i));
            try (Stream<Path> plans = Files.list(path)) {
                for (Path plan : plans.toList()) {
                    assertThat(plan.toFile().setLastModified(plan.toFile().lastModified() - 10_000))
                            .isTrue();
                }
            }
        }

        assertThat(folder.plan(plan(59).hash())).contains(plan(59));
        assertThat(folder.plan(plan(0).hash())).isEmpty();
        assertThat(path.toFile().list()).hasSize(50);
    }
}

package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionFolderTest {
    @TempDir
    private Path home;

    private Path path;
    private PromotionFolder folder;

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

        folder.recover(List.of(change("1.4").name(), change("stable").name()), journal -> {
            ended.addAll(journal.unfinished());
            journal.append(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
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

            folder.recover(List.of(change("stable").name()), journal -> {
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
            assertThatThrownBy(() -> folder.recover(List.of(change("stable").name()), journal -> {
                        throw new IOException("the registry does not answer");
                    }))
                    .hasMessage("the registry does not answer");
        }
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

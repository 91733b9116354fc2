package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final TagChange CHANGE = new TagChange(
            new TagName(Repository.parse("a.example/acme/app"), new Tag("1.4")),
            Optional.of(Digest.sha256(new byte[] {1})),
            Digest.sha256(new byte[] {2}));
    private static final TagChange NEW = new TagChange(CHANGE.name(), Optional.empty(), CHANGE.digest());

    @TempDir
    private Path folder;

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private void breakOff(JournalEntry... entries) throws IOException {
        try (FileJournal journal = FileJournal.create(folder)) {
            for (JournalEntry entry : entries) {
                journal.append(entry);
            }
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        List<JournalEntry> entries = List.of(
                new JournalEntry.Planned(List.of(CHANGE, NEW)),
                new JournalEntry.Overwriting(NEW),
                new JournalEntry.Moved(CHANGE),
                new JournalEntry.Restoring("The registry said no.", List.of(CHANGE.name())));
        breakOff(entries.toArray(JournalEntry[]::new));

        try (FileJournal journal = FileJournal.take(file()).orElseThrow()) {
            assertThat(journal.entries()).isEqualTo(entries);
            assertThat(journal.unfinished()).containsExactly(CHANGE.name(), CHANGE.name());
            journal.append(new JournalEntry.Ended(JournalEntry.Outcome.RESTORED));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void mayBeReadByItsOwnerAlone() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void isOfNobodyElseWhileItIsHeld() throws IOException {
        try (FileJournal held = FileJournal.create(folder)) {
            held.append(new JournalEntry.Planned(List.of(CHANGE)));

            assertThat(FileJournal.take(file())).isEmpty();
        }
    }

    @Test
    void isOfNobodyOnceItIsDeleted() throws IOException {
        FileJournal journal = FileJournal.create(folder);
        Path file = file();
        journal.close();

        assertThat(FileJournal.take(file)).isEmpty();
    }

    @Test
    void takesNoNoticeOfALineThatBrokeOff() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));
        Files.writeString(file(), "{\"version\":1,\"ent", StandardOpenOption.APPEND);

        try (FileJournal journal = FileJournal.take(file()).orElseThrow()) {
            assertThat(journal.entries()).containsExactly(new JournalEntry.Planned(List.of(CHANGE)));
        }
    }

    @Test
    void goesOnInALineOfItsOwnBehindOneThatBrokeOff() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));
        Files.writeString(file(), "{\"version\":1,\"ent", StandardOpenOption.APPEND);

        try (FileJournal journal = FileJournal.take(file()).orElseThrow()) {
            journal.append(new JournalEntry.Restoring("The process died."));
        }

        try (FileJournal journal = FileJournal.take(file()).orElseThrow()) {
            assertThat(journal.entries())
                    .containsExactly(
                            new JournalEntry.Planned(List.of(CHANGE)), new JournalEntry.Restoring("The process died."));
        }
    }

    @Test
    void losesNothingToAnInterrupt() throws IOException {
        try (FileJournal journal = FileJournal.create(folder)) {
            Thread.currentThread().interrupt();
            journal.append(new JournalEntry.Planned(List.of(CHANGE)));
            journal.append(new JournalEntry.Moved(CHANGE));
            journal.append(new JournalEntry.Restoring("The promotion was stopped."));

            assertThat(journal.entries()).hasSize(3);
            assertThat(FileJournal.take(file())).as("it is held still").isEmpty();
            journal.append(new JournalEntry.Ended(JournalEntry.Outcome.RESTORED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tellsItsTagsToOthersWhoDoNotHoldIt() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));

        assertThat(FileJournal.glance(file())).contains(List.of(CHANGE.name()));
        try (FileJournal held = FileJournal.take(file()).orElseThrow()) {
            assertThat(FileJournal.glance(file())).isEmpty();
        }
        assertThat(FileJournal.glance(folder.resolve("promotion-1.journal"))).isEmpty();
    }

    @Test
    void staysWhereItCannotBeRead() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));
        Files.writeString(file(), "no entry\n", StandardOpenOption.APPEND);

        FileJournal.take(file()).orElseThrow().close();

        assertThat(file()).exists();
    }

    @Test
    void isOneObjectALineWithItsVersion() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(NEW)));

        assertThat(Files.readString(file()))
                .isEqualTo(
                        "{\"version\":1,\"entry\":\"planned\",\"changes\":[{\"repository\":\"a.example/acme/app\",\"tag\":"
                                + "\"1.4\",\"previous\":\"\",\"digest\":\"" + NEW.digest() + "\"}]}\n");
    }

    @Test
    void refusesEntriesOfAnotherVersion() {
        byte[] entry = "{\"version\":2,\"entry\":\"planned\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> JournalEntry.parse(entry))
                .hasMessage(
                        "The journal of a promotion has an entry 'planned' of version 2, which this version does not"
                                + " know. Use the version that wrote it, or look at the tags it names and delete it.");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        breakOff(new JournalEntry.Planned(List.of(CHANGE)));
        try (var file = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
            file.position(17 << 20).write(ByteBuffer.wrap(new byte[] {10}));
        }
        FileJournal journal = FileJournal.take(file()).orElseThrow();

        assertThatThrownBy(journal::entries)
                .hasMessage(
                        "The journal " + journal + " has more than 16777216 bytes. It is none of a promotion; look what"
                                + " it is, then delete it.");
    }
}

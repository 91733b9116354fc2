package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal in a file that only its owner may read, one entry a line. While it is open no other process takes it up, and no
 * interrupt loses an entry; when it is closed with nothing left to do the file goes.
 */
public final class FileJournal implements Journal, AutoCloseable {
    private static final String PREFIX = "promotion-";
    private static final String SUFFIX = ".journal";
    private static final String ASIDE = ".unreadable";
    /** The largest journal that is read, in bytes: some 10,000 tags. */
    private static final int MAX_SIZE = 16 << 20;

    private static final long NOT_KNOWN = -1;

    private final LockedFile file;
    /** Where the next entry begins. */
    private long end = NOT_KNOWN;
    /** Whether what it holds has ended, though that could not be written. */
    private boolean over;

    private FileJournal(LockedFile file) {
        this.file = file;
    }

    /** Begins one in a folder, which is there. */
    static FileJournal create(Path folder) throws IOException {
        Optional<FileJournal> journal = Optional.empty();
        while (journal.isEmpty()) {
            // Somebody who looks for what broke off may have it for a moment, and then deletes it.
            journal = take(Files.createTempFile(folder, PREFIX, SUFFIX));
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Windows keeps a new name without being asked, and cannot be asked.
        }
        return journal.get();
    }

    /** Those in a folder, held by somebody or not. */
    static List<Path> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        return files.stream().sorted().toList();
    }

    /** Holds one from now on; nothing where somebody else does, or did and has deleted it. */
    static Optional<FileJournal> take(Path path) throws IOException {
        return LockedFile.take(path).map(FileJournal::new);
    }

    /**
     * The tags that one has unfinished, whether another process holds it or not; nothing where this process holds it, or it
     * is gone.
     */
    static Optional<List<TagName>> glance(Path path) throws IOException {
        Optional<byte[]> bytes = LockedFile.glance(path, MAX_SIZE + 1);
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(Unfinished.in(read(path, bytes.get()))
                        .map(Unfinished::names)
                        .orElse(List.of()));
    }

    /** What could not be written as a whole is taken out again, so that nothing is read later that nobody acted upon. */
    @Override
    public void append(JournalEntry entry) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(Json.write(entry.toJson()));
        line.write('\n');
        if (end == NOT_KNOWN) {
            end = wholeLines(file.read(MAX_SIZE));
        }
        try {
            file.write(end, line.toByteArray(), entry.isDecision());
        } catch (IOException e) {
            over |= entry instanceof JournalEntry.Ended;
            takeOut(e);
            throw e;
        }
        end += line.size();
        over &= !(entry instanceof JournalEntry.Planned);
    }

    private void takeOut(IOException cause) {
        try {
            file.cut(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public List<JournalEntry> entries() throws IOException {
        return read(file.path(), file.read(MAX_SIZE + 1));
    }

    /** A last line that broke off was never acted upon, since what follows an entry waits until it is written. */
    private static List<JournalEntry> read(Path path, byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            throw new ReleaseException(
                    "The journal " + path + " has more than " + MAX_SIZE + " bytes.",
                    "It is none of a promotion; look what it is, then delete it.");
        }
        List<JournalEntry> entries = new ArrayList<>();
        new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> entries.add(JournalEntry.parse(line.getBytes(StandardCharsets.UTF_8))));
        return entries;
    }

    /** How many of these bytes are whole lines. */
    private static int wholeLines(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (hasNothingLeft()) {
                file.delete();
            }
        }
    }

    /** One that cannot be read stays; whoever looks for what broke off says so. */
    private boolean hasNothingLeft() throws IOException {
        try {
            return over || unfinished().isEmpty();
        } catch (ReleaseException e) {
            return false;
        }
    }

    /**
     * Closes it, and gives it a name under which nobody looks for journals.
     *
     * @return that file
     */
    Path setAside() throws IOException {
        return file.rename(name().replace(SUFFIX, ASIDE));
    }

    /** Who began it, by the name that they gave, where they gave one. */
    public Optional<String> owner() throws IOException {
        return entries().stream()
                .filter(JournalEntry.Begun.class::isInstance)
                .map(entry -> ((JournalEntry.Begun) entry).owner())
                .findFirst();
    }

    /** What it is called in its folder. */
    public String name() {
        return file.path().getFileName().toString();
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}

package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal in a file that only its owner may read, one entry a line. While it is open no other process takes it up; when it
 * is closed with nothing left to do the file goes.
 */
public final class FileJournal implements Journal, AutoCloseable {
    private static final String PREFIX = "promotion-";
    private static final String SUFFIX = ".journal";
    /** The largest journal that is read, in bytes: some 10,000 tags. */
    private static final int MAX_SIZE = 16 << 20;

    private final Path file;
    private final FileChannel channel;

    private FileJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
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
    static Optional<FileJournal> take(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            // Who had it before deletes it while holding it, so now it is known whether there still is such a file.
            taken = isFree(channel) && Files.exists(file);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new FileJournal(file, channel)) : Optional.empty();
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void append(JournalEntry entry) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(Json.write(entry.toJson()));
        line.write('\n');
        channel.position(channel.size());
        for (ByteBuffer rest = ByteBuffer.wrap(line.toByteArray()); rest.hasRemaining(); ) {
            channel.write(rest);
        }
        if (entry.isDecision()) {
            channel.force(true);
        }
    }

    /** A last line that broke off was never acted upon, since what follows an entry waits until it is written. */
    @Override
    public List<JournalEntry> entries() throws IOException {
        if (channel.size() > MAX_SIZE) {
            throw new ReleaseException(
                    "The journal " + file + " has more than " + MAX_SIZE + " bytes.",
                    "It is none of a promotion; look what it is, then delete it.");
        }
        channel.position(0);
        String text = new String(Channels.newInputStream(channel).readNBytes(MAX_SIZE), StandardCharsets.UTF_8);
        List<JournalEntry> entries = new ArrayList<>();
        text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .forEach(line -> entries.add(JournalEntry.parse(line.getBytes(StandardCharsets.UTF_8))));
        return entries;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (unfinished().isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What it is called in its folder. */
    public String name() {
        return file.getFileName().toString();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

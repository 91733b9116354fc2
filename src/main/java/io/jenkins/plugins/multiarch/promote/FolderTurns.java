package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns between processes that have a folder in common: locks on single bytes of one file, which holds nothing and stays,
 * each byte for one tag. A process that dies gives them back.
 */
final class FolderTurns {
    private static final String FILE = "turns";
    /** The system tells nobody when a lock becomes free to whom an interrupt may come first. */
    private static final long PAUSE_MILLIS = 100;
    /** A process gives up all its locks on a file when it closes the file in any place (POSIX), so it is open once. */
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Path file;

    FolderTurns(Path folder) {
        this.file = folder.resolve(FILE).toAbsolutePath().normalize();
    }

    /** The file, with how many hold or await a byte of it; with the last of them it is closed. */
    private static final class Shared {
        final FileChannel channel;
        int users;

        Shared(FileChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Waits until no other process has the turn of this tag.
     *
     * @param waiting is run once where there is somebody to wait for
     * @return what gives it back
     */
    Runnable take(TagName name, Runnable waiting) throws IOException, InterruptedException {
        Shared shared = enter();
        boolean taken = false;
        try {
            Optional<FileLock> lock = find(shared, name);
            if (lock.isEmpty()) {
                waiting.run();
            }
            while (lock.isEmpty()) {
                Thread.sleep(PAUSE_MILLIS);
                lock = find(shared, name);
            }
            taken = true;
            FileLock held = lock.get();
            return () -> release(shared, held);
        } finally {
            if (!taken) {
                leave(shared);
            }
        }
    }

    private static Optional<FileLock> find(Shared shared, TagName name) throws IOException {
        try {
            return Optional.ofNullable(shared.channel.tryLock(place(name), 1, false));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    /** A file has room for 2^63 bytes without being so large. */
    private static long place(TagName name) {
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        return new BigInteger(Digest.sha256(bytes).hex(), 16)
                .shiftRight(256 - 62)
                .longValueExact();
    }

    private void release(Shared shared, FileLock lock) {
        try {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            leave(shared);
        }
    }

    private Shared enter() throws IOException {
        synchronized (OPEN) {
            Shared shared = OPEN.get(file);
            if (shared == null) {
                shared = new Shared(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                OPEN.put(file, shared);
            }
            shared.users++;
            return shared;
        }
    }

    private void leave(Shared shared) {
        synchronized (OPEN) {
            shared.users--;
            if (shared.users > 0) {
                return;
            }
            OPEN.remove(file);
            try {
                shared.channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.jenkins.plugins.multiarch.promote;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file that one holder in all processes writes. An interrupt of the thread that writes neither closes it nor loses
 * anything, as it would with a {@link FileChannel}.
 */
final class LockedFile implements AutoCloseable {
    /** Those of this process, which gives up its lock on a file as soon as it closes the file in any place (POSIX). */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path path;
    private final RandomAccessFile content;

    private LockedFile(Path path, RandomAccessFile content) {
        this.path = path;
        this.content = content;
    }

    /** Holds one from now on; nothing where somebody else does, or did and has deleted it. */
    static Optional<LockedFile> take(Path path) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(known(path)) || !Files.exists(path)) {
                return Optional.empty();
            }
            RandomAccessFile content = new RandomAccessFile(path.toFile(), "rw");
            boolean taken = false;
            try {
                // Who had it before may have deleted it meanwhile.
                taken = isFree(content.getChannel()) && Files.exists(path);
            } finally {
                if (!taken) {
                    content.close();
                }
            }
            return taken ? Optional.of(held(path, content)) : Optional.empty();
        }
    }

    private static LockedFile held(Path path, RandomAccessFile content) {
        HELD.add(known(path));
        return new LockedFile(path, content);
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * What one holds, whether another process has it or not; nothing where this process has it, or it is gone.
     *
     * @param limit how many bytes are read at most
     */
    static Optional<byte[]> glance(Path path, int limit) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(known(path))) {
                return Optional.empty();
            }
            try (RandomAccessFile content = new RandomAccessFile(path.toFile(), "r")) {
                return Optional.of(read(content, limit));
            } catch (IOException e) {
                if (Files.exists(path)) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }

    private static Path known(Path path) {
        return path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /** Its first bytes, so many at most. */
    byte[] read(int limit) throws IOException {
        return read(content, limit);
    }

    private static byte[] read(RandomAccessFile content, int limit) throws IOException {
        byte[] bytes = new byte[(int) Math.min(content.length(), limit)];
        content.seek(0);
        int length = 0;
        // It may become shorter while another process holds it.
        for (int more = 0; more >= 0 && length < bytes.length; length += Math.max(more, 0)) {
            more = content.read(bytes, length, bytes.length - length);
        }
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Writes from this place on, behind which there is nothing then.
     *
     * @param forced whether it is to be on the disk when this returns
     */
    void write(long place, byte[] bytes, boolean forced) throws IOException {
        content.setLength(place);
        content.seek(place);
        content.write(bytes);
        if (forced) {
            content.getFD().sync();
        }
    }

    void cut(long length) throws IOException {
        content.setLength(length);
    }

    @Override
    public void close() throws IOException {
        try {
            content.close();
        } finally {
            letGo();
        }
    }

    /** Closes it, and nobody finds it any more. */
    void delete() throws IOException {
        try {
            try (content) {
                content.setLength(0);
            }
            Files.deleteIfExists(path);
        } catch (FileSystemException e) {
            // On Windows not while another process looks into it, which then finds it empty and deletes it.
        } finally {
            letGo();
        }
    }

    /** Closes it and gives it another name in its folder. */
    Path rename(String name) throws IOException {
        try {
            content.close();
            return Files.move(path, path.resolveSibling(name));
        } finally {
            letGo();
        }
    }

    private void letGo() {
        synchronized (HELD) {
            HELD.remove(known(path));
        }
    }
}

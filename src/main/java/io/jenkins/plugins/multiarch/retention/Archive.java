package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file of manifests that are about to be deleted, one JSON object a line. Their blobs are not in it: a registry keeps those
 * until it collects its garbage.
 */
public final class Archive implements AutoCloseable {
    /** Bytes of a line: the largest manifest in Base64, and what stands around it. */
    private static final int MAX_LINE = 8 << 20;

    private final Path file;
    private final FileOutputStream out;

    private Archive(Path file, FileOutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Sees each manifest of an archive. */
    @FunctionalInterface
    public interface Reader {
        void see(ArchivedManifest manifest) throws IOException, InterruptedException;
    }

    /** Begins a file, or goes on behind what is in it; a last line that broke off goes, for nothing was deleted upon it. */
    public static Archive at(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(wholeLines(file));
            }
        }
        return new Archive(file, new FileOutputStream(file.toFile(), true));
    }

    /** Bytes up to the end of the last line that has one. */
    private static long wholeLines(Path file) throws IOException {
        long whole = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            long read = 0;
            for (int next = in.read(); next >= 0; next = in.read()) {
                read++;
                whole = next == '\n' ? read : whole;
            }
        }
        return whole;
    }

    /** Writes these and sees to it that they are on the disk. */
    void add(List<ArchivedManifest> manifests) {
        try {
            for (ArchivedManifest manifest : manifests) {
                out.write(Json.write(manifest.toJson()));
                out.write('\n');
            }
            out.getFD().sync();
        } catch (IOException e) {
            throw new ReleaseException(
                    "The archive " + file.getFileName() + " cannot be written, so nothing more is deleted: "
                            + e.getMessage(),
                    "Make room for it, then prune again.",
                    e);
        }
    }

    /** Those that are in it by now, in their order; a last line that broke off is left out. */
    void read(Reader reader) throws IOException, InterruptedException {
        read(file, reader);
    }

    /** As they were written; a last line that broke off is left out. */
    public static void read(Path file, Reader reader) throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    reader.see(ArchivedManifest.read(line.toByteArray()));
                    line.reset();
                } else if (line.size() == MAX_LINE) {
                    throw new ReleaseException(
                            "A line of the archive is longer than " + MAX_LINE + " bytes.",
                            "Use the archive as pruning wrote it.");
                } else {
                    line.write(next);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.function.Consumer;

/**
 * A file of manifests that are about to be deleted, one JSON object a line. Their blobs are not in it: a registry keeps those
 * until it collects its garbage. A file may be used for run after run; it then says where each began and finished.
 *
 * <p>What is in it is not deleted of necessity: the registry may have refused, or the run may have ended before.
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

    /** Notes that a run begins, whose manifests follow. */
    public void begin(RetentionPlan plan) {
        write(List.of(ArchivedRun.begun(plan.hash())));
    }

    /** Notes that a run did all that it could. */
    public void finish(PruneReport report) {
        write(List.of(ArchivedRun.finished(report)));
    }

    /** Writes these and sees to it that they are on the disk. */
    void add(List<ArchivedManifest> manifests) {
        write(manifests.stream().map(ArchivedManifest::toJson).toList());
    }

    private void write(List<ObjectNode> lines) {
        try {
            for (ObjectNode line : lines) {
                out.write(Json.write(line));
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
        read(file, reader, mark -> {});
    }

    /** @param marks gets what stands between them */
    static void read(Path file, Reader reader, Consumer<ObjectNode> marks) throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    ObjectNode json = Json.readFew(line.toByteArray(), "A line of the archive");
                    if (ArchivedRun.isMark(json)) {
                        marks.accept(json);
                    } else {
                        reader.see(ArchivedManifest.read(json));
                    }
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

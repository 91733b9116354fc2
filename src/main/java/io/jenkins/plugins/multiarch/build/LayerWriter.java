package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes planned layers, equal ones once, and keeps them in memory while they are small.
 *
 * <p>Layers are compressed with gzip, by {@link Deflate our own compressor}: the promise is that the same input gives the
 * same digest on every machine, and the JDK's compressor gives other bytes with another zlib (Debian's JDK takes the
 * system's, others bring their own, some a fork). Not compressing would keep the promise too, at two to three times the
 * bytes stored and pulled for programs and text.
 */
final class LayerWriter {
    /** The most that all layers of a build hold in memory, in bytes, and the part of the heap that they hold at most. */
    private static final long MAX_MEMORY = 64L << 20;

    private static final int PART_OF_HEAP = 16;

    private final Path temporary;
    private final AtomicLong memory =
            new AtomicLong(Math.min(MAX_MEMORY, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    private final Map<LayerPlan, BuiltLayer> written = new HashMap<>();

    /** @param temporary a folder for layers that are not small */
    LayerWriter(Path temporary) {
        this.temporary = temporary;
    }

    BuiltLayer write(LayerPlan plan) throws IOException, InterruptedException {
        BuiltLayer known = written.get(plan);
        if (known == null) {
            known = writeNew(plan);
            written.put(plan, known);
        }
        return known;
    }

    private BuiltLayer writeNew(LayerPlan plan) throws IOException, InterruptedException {
        LayerStore store = new LayerStore(temporary, memory);
        MessageDigest plain = Digest.hasher("sha256");
        try (store;
                OutputStream gzip = new GzipOutput(store::add);
                OutputStream hashed = new DigestOutputStream(gzip, plain)) {
            TarWriter tar = new TarWriter(new BufferedOutputStream(hashed, 1 << 16));
            writeEntries(plan, tar);
            tar.finish();
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
        Digest diffId = Digest.finish("sha256", plain.digest());
        return new BuiltLayer(store.descriptor(), diffId, store::open, Optional.empty());
    }

    /** Files that are one file under several names in the archive they come from stay one. */
    private static void writeEntries(LayerPlan plan, TarWriter tar) throws IOException, InterruptedException {
        Map<FileNode, String> first = new HashMap<>();
        for (FileNode node : plan.changes()) {
            refuseInterrupted();
            TarEntry entry = node.entry();
            boolean linkable = node.content() instanceof Content.Archived && entry.size() > 0;
            String other = linkable ? first.putIfAbsent(node.at(""), entry.name()) : null;
            if (other != null) {
                TarEntry link = TarEntry.hardlink(entry.name(), other)
                        .withMode(entry.mode())
                        .withOwner(entry.uid(), entry.gid())
                        .withModified(entry.modified());
                tar.put(link);
            } else {
                write(node, tar);
            }
        }
    }

    private static void write(FileNode node, TarWriter tar) throws IOException, InterruptedException {
        if (!node.entry().isFile()) {
            tar.put(node.entry());
            return;
        }
        try (InputStream content = node.content().open()) {
            tar.put(node.entry(), content);
        }
    }

    private static void refuseInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}

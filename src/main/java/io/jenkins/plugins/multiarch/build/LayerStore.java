package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of one compressed layer, hashed as they come: in memory, or in a temporary file as soon as the build holds
 * more than it may. Deleting a file of 50 MB alone took 0.07 s of the 0.9 s that its build and push took.
 */
final class LayerStore implements Closeable {
    private final Path folder;
    private final AtomicLong memory;
    private final MessageDigest hasher = Digest.hasher("sha256");
    private final List<byte[]> pieces = new ArrayList<>();
    private Optional<Path> file = Optional.empty();
    private OutputStream out = OutputStream.nullOutputStream();
    private long size;

    /** @param memory how many bytes all layers of the build may still hold */
    LayerStore(Path folder, AtomicLong memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /** Keeps the array. */
    void add(byte[] piece) throws IOException {
        hasher.update(piece);
        size += piece.length;
        if (file.isEmpty() && memory.addAndGet(-piece.length) >= 0) {
            pieces.add(piece);
            return;
        }
        if (file.isEmpty()) {
            moveToFile();
        }
        out.write(piece);
    }

    private void moveToFile() throws IOException {
        memory.addAndGet(size);
        Path created = Files.createTempFile(folder, "layer", ".tar.gz");
        file = Optional.of(created);
        out = Files.newOutputStream(created);
        for (byte[] piece : pieces) {
            out.write(piece);
        }
        pieces.clear();
    }

    /** Of all that was added; asked for once, when nothing more comes. */
    Descriptor descriptor() {
        return Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.finish("sha256", hasher.digest()), size);
    }

    /** All that was added, from the first byte on. */
    InputStream open() throws IOException {
        return file.isPresent()
                ? Files.newInputStream(file.get())
                : new SequenceInputStream(Collections.enumeration(
                        pieces.stream().map(ByteArrayInputStream::new).toList()));
    }

    /** Ends the writing; what was added is kept. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}

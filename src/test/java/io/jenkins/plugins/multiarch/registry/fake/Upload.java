package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A blob on its way in: hashed as it comes, in memory until it is large, then in a file. */
final class Upload {
    private static final int IN_MEMORY = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final String id;
    private final Path file;
    private final MessageDigest sha256 = Digest.hasher("sha256");
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private OutputStream spill;
    private long size;
    private int state;

    Upload(String id, Path file) {
        this.id = id;
        this.file = file;
    }

    String id() {
        return id;
    }

    synchronized long size() {
        return size;
    }

    /** Changes with every request, as in registries whose address for the next request holds what came so far. */
    synchronized int state() {
        return state;
    }

    /** Takes what comes; where the connection breaks, what came before is kept. */
    synchronized void append(InputStream in) throws IOException {
        state++;
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            sha256.update(buffer, 0, count);
            store(buffer, count);
            size += count;
        }
    }

    private void store(byte[] buffer, int count) throws IOException {
        if (spill == null && memory.size() + count > IN_MEMORY) {
            spill = Files.newOutputStream(file);
            memory.writeTo(spill);
            memory.reset();
        }
        if (spill == null) {
            memory.write(buffer, 0, count);
        } else {
            spill.write(buffer, 0, count);
        }
    }

    /** The whole content; nothing can be appended afterwards. */
    synchronized StoredBlob finish() throws IOException {
        if (spill == null) {
            return new StoredBlob.InMemory(memory.toByteArray());
        }
        spill.close();
        return new StoredBlob.InFile(file, size);
    }

    /** The digest of the finished content. */
    synchronized Digest digest(String algorithm, StoredBlob content) throws IOException {
        if (algorithm.equals("sha256")) {
            return Digest.finish(algorithm, sha256.digest());
        }
        MessageDigest hasher = Digest.hasher(algorithm);
        try (InputStream in = content.open(0)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        }
        return Digest.finish(algorithm, hasher.digest());
    }

    synchronized void discard() throws IOException {
        if (spill != null) {
            spill.close();
            Files.deleteIfExists(file);
        }
    }
}

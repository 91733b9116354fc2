package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/** Files as blobs: hashed once, and read again when they are sent. Neither holds more than a chunk in memory. */
final class FileBlob {
    /** Bytes. */
    private static final int CHUNK = 1 << 16;

    private FileBlob() {}

    /** @param annotations of its descriptor */
    static Blob of(Path file, String mediaType, Map<String, String> annotations)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new ReleaseException(
                    "'" + Shown.of(file.toString()) + "' is no file that could be pushed.",
                    "Check its name and folder; pack a folder into an archive.");
        }
        MessageDigest hasher = Digest.hasher("sha256");
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                hasher.update(chunk, 0, read);
                size += read;
            }
        }
        Digest digest = Digest.finish("sha256", hasher.digest());
        return Blob.of(Descriptor.of(mediaType, digest, size).withAnnotations(annotations), file);
    }
}

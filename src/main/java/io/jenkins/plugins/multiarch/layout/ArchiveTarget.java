package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a layout as a tar archive, next to its place until it is finished. A blob with another content than its digest
 * ends the archive, as what is written of it cannot be taken back.
 */
final class ArchiveTarget implements OciLayoutWriter.Target {
    private final Path file;
    private final Path part;
    private final TarWriter tar;
    private final Set<Digest> written = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private boolean damaged;

    ArchiveTarget(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Files.createDirectories(this.file.getParent());
        this.part = this.file.resolveSibling("." + file.getFileName() + "." + java.util.UUID.randomUUID() + ".part");
        this.tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
        document(OciLayout.MARKER, OciLayoutWriter.marker());
    }

    @Override
    public synchronized boolean has(Digest digest) {
        return written.contains(digest);
    }

    @Override
    public synchronized void blob(Descriptor blob, InputStream content) throws IOException {
        if (written.contains(blob.digest())) {
            return;
        }
        damaged = true;
        folder("blobs");
        folder("blobs/" + blob.digest().algorithm());
        tar.put(
                TarEntry.file(OciLayout.blobName(blob.digest()), 0644, blob.size()),
                new CheckedContent(content, blob, "what was to be written to " + file));
        written.add(blob.digest());
        damaged = false;
    }

    private void folder(String name) throws IOException {
        if (folders.add(name)) {
            tar.put(TarEntry.directory(name, 0755));
        }
    }

    private void document(String name, byte[] content) throws IOException {
        tar.put(TarEntry.file(name, 0644, content.length), new ByteArrayInputStream(content));
    }

    @Override
    public synchronized void finish(byte[] index) throws IOException {
        if (damaged) {
            throw new IOException(file + " cannot be finished after a blob of it failed");
        }
        document(OciLayout.INDEX, index);
        tar.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (Files.exists(part)) {
                tar.close();
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a layout into a folder; every file under another name first. */
final class FolderTarget implements OciLayoutWriter.Target {
    private final Path folder;

    FolderTarget(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("blobs/sha256"));
    }

    @Override
    public boolean has(Digest digest) {
        return Files.exists(folder.resolve(OciLayout.blobName(digest)));
    }

    @Override
    public void blob(Descriptor blob, InputStream content) throws IOException {
        Path file = folder.resolve(OciLayout.blobName(blob.digest()));
        Files.createDirectories(file.getParent());
        write(file, new CheckedContent(content, blob, "what was to be written to " + folder));
    }

    @Override
    public void finish(byte[] index) throws IOException {
        write(folder.resolve(OciLayout.MARKER), new java.io.ByteArrayInputStream(OciLayoutWriter.marker()));
        write(folder.resolve(OciLayout.INDEX), new java.io.ByteArrayInputStream(index));
    }

    private static void write(Path file, InputStream content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + "." + java.util.UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                content.transferTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() {
        // every file is whole
    }
}

package io.jenkins.plugins.multiarch.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes the image of one platform as an archive for {@code docker load}, which every docker and podman reads, those that
 * read no OCI archive too.
 *
 * <p>The configuration goes in byte for byte, so the loaded image has its digest as ID. Layers stay compressed as they are;
 * those who load them look at their first bytes.
 */
public final class DockerArchiveWriter {

    private DockerArchiveWriter() {}

    /**
     * Writes an archive, in place of a file of that name.
     *
     * @param name what the image shall be called, as in {@code acme/app:test}
     */
    public static void write(ImageStore store, ImageManifest image, String name, Path file) throws IOException {
        try (TarWriter tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            ObjectNode entry = Json.object();
            entry.put("Config", file(image.config().digest(), ".json"));
            entry.putArray("RepoTags").add(name);
            ArrayNode layers = entry.putArray("Layers");
            put(tar, store, image.config(), ".json");
            Set<Digest> written = new HashSet<>();
            for (Descriptor layer : image.layers()) {
                layers.add(file(layer.digest(), ".tar"));
                if (written.add(layer.digest())) {
                    put(tar, store, layer, ".tar");
                }
            }
            byte[] list = Json.write(Json.object().arrayNode().add(entry));
            tar.put(TarEntry.file(DockerArchive.LIST, 0644, list.length), new ByteArrayInputStream(list));
        }
    }

    private static void put(TarWriter tar, ImageStore store, Descriptor blob, String ending) throws IOException {
        try (InputStream content = store.open(blob)) {
            tar.put(TarEntry.file(file(blob.digest(), ending), 0644, blob.size()), content);
        }
    }

    private static String file(Digest digest, String ending) {
        return digest.hex() + ending;
    }
}

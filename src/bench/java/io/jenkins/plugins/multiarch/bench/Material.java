package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Images and files to measure with; their content is random, so that nothing compresses it. */
final class Material {
    static final int MEGABYTE = 1_000_000;

    private final Path folder;

    Material(Path folder) {
        this.folder = folder;
    }

    /** A file of so many megabytes. */
    Blob blob(int megabytes, int seed) throws IOException {
        Path file = folder.resolve("blob-" + megabytes + "-" + seed);
        MessageDigest hasher = Digest.hasher("sha256");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hasher)) {
            Random random = new Random(seed);
            byte[] piece = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        Digest digest = Digest.finish("sha256", hasher.digest());
        return Blob.of(Descriptor.of(MediaTypes.OCI_LAYER, digest, (long) megabytes * MEGABYTE), file);
    }

    /** An image of one platform with these layers, under a tag. */
    static void image(Registry registry, Repository repository, String platform, List<Blob> layers, Tag tag)
            throws InterruptedException {
        registry.put(repository, tag, pushed(registry, repository, platform, layers));
    }

    /** An image of two platforms. */
    static void twoPlatforms(Registry registry, ImageRef image, List<Blob> layers) throws InterruptedException {
        List<Descriptor> children = new ArrayList<>();
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            Manifest child = pushed(registry, image.repository(), platform, layers);
            registry.put(image.repository(), child.digest(), child);
            children.add(child.descriptor().withPlatform(Platform.parse(platform)));
        }
        registry.put(image.repository(), image.reference(), ImageIndex.of(children, Map.of()));
    }

    /** A layout with an image of one layer, never seen by any registry. */
    static void layout(Path target, Blob layer) throws Exception {
        Blob config = configuration("linux/amd64", List.of(layer));
        try (OciLayoutWriter layout = OciLayoutWriter.folder(target)) {
            for (Blob blob : List.of(config, layer)) {
                try (InputStream content = blob.open()) {
                    layout.blob(blob.descriptor(), content);
                }
            }
            Manifest manifest = ImageManifest.of(config.descriptor(), List.of(layer.descriptor()), Map.of());
            layout.manifest(manifest);
            layout.image(manifest.descriptor(), "1");
            layout.finish();
        }
    }

    private static Manifest pushed(Registry registry, Repository repository, String platform, List<Blob> layers)
            throws InterruptedException {
        Blob config = configuration(platform, layers);
        registry.push(repository, config);
        for (Blob layer : layers) {
            registry.push(repository, layer);
        }
        return ImageManifest.of(
                config.descriptor(), layers.stream().map(Blob::descriptor).toList(), Map.of());
    }

    private static Blob configuration(String platform, List<Blob> layers) {
        Platform runsOn = Platform.parse(platform);
        List<String> diffIds =
                layers.stream().map(layer -> "\"" + layer.digest() + "\"").toList();
        String json = "{\"architecture\":\"" + runsOn.arch() + "\",\"os\":\"" + runsOn.os()
                + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + String.join(",", diffIds) + "]}}";
        return Blob.of(MediaTypes.OCI_CONFIG, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A build context: files of one megabyte each, cut out of the programs of this Java, and a Dockerfile that copies them. */
    Path programs(int megabytes, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] piece = new byte[MEGABYTE];
        try (RandomAccessFile modules = new RandomAccessFile(
                Path.of(System.getProperty("java.home"), "lib", "modules").toFile(), "r")) {
            return context(megabytes, seed, () -> {
                modules.seek(random.nextLong(modules.length() - piece.length));
                modules.readFully(piece);
                return piece;
            });
        }
    }

    /** The same of files that nothing compresses. */
    Path noise(int megabytes, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] piece = new byte[MEGABYTE];
        return context(megabytes, seed, () -> {
            random.nextBytes(piece);
            return piece;
        });
    }

    private interface Pieces {
        byte[] next() throws IOException;
    }

    private Path context(int megabytes, int seed, Pieces pieces) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context-" + seed));
        for (int i = 0; i < megabytes; i++) {
            Files.write(Files.createDirectories(context.resolve("files")).resolve("file-" + i), pieces.next());
        }
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY files /files\nCMD [\"/files/file-0\"]\n");
        return context;
    }
}

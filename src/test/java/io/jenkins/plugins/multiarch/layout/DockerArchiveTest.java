package io.jenkins.plugins.multiarch.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerArchiveTest {
    private static final byte[] LAYER = new byte[1024];
    private static final Digest DIFF_ID = Digest.sha256(LAYER);

    @TempDir
    private Path folder;

    private static byte[] config(int layers) {
        String ids = String.join(",", java.util.Collections.nCopies(layers, "\"" + DIFF_ID + "\""));
        return ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + ids
                        + "]}}")
                .getBytes(UTF_8);
    }

    private static byte[] list(String tags, String... layers) {
        return ("[{\"Config\":\"c.json\",\"RepoTags\":" + tags + ",\"Layers\":[\"" + String.join("\",\"", layers)
                        + "\"]}]")
                .getBytes(UTF_8);
    }

    private static void put(TarWriter tar, String name, byte[] content) throws IOException {
        tar.put(TarEntry.file(name, 0644, content.length), new ByteArrayInputStream(content));
    }

    @Test
    void readsLegacyLayersAndTheLinksBetweenThem() throws IOException {
        Path file = folder.resolve("image.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            put(tar, "c.json", config(2));
            put(tar, "aa/layer.tar", LAYER);
            tar.put(TarEntry.symlink("bb/layer.tar", "../aa/layer.tar"));
            put(tar, "manifest.json", list("[\"acme/app:1.4\",\"acme/app:latest\"]", "aa/layer.tar", "bb/layer.tar"));
        }

        try (DockerArchive archive = DockerArchive.open(file)) {
            Descriptor image = archive.image("acme/app:1.4");
            ImageManifest manifest = (ImageManifest) archive.manifest(image);

            assertThat(archive.image("")).isNotNull();
            assertThat(manifest.layers())
                    .containsOnly(Descriptor.of(MediaTypes.OCI_LAYER, LAYER))
                    .hasSize(2);
            assertThat(archive.open(manifest.layers().get(1)).readAllBytes()).isEqualTo(LAYER);
            assertThat(archive.config(manifest).digest()).isEqualTo(Digest.sha256(config(2)));
        }
    }

    /** In which docker load finds another image. */
    @Test
    void refusesNamesThatDifferInCaseAlone() throws IOException {
        Path file = folder.resolve("image.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            put(tar, "c.json", config(0));
            put(tar, "manifest.json", "[{\"Config\":\"c.json\",\"config\":\"d.json\",\"Layers\":[]}]".getBytes(UTF_8));
        }

        assertThatThrownBy(() -> DockerArchive.open(file))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("manifest.json in " + file + " is not a JSON object we can use: it has 'config', which some"
                        + " tools read as 'Config' and others pass over. Make it again with the tool that wrote it.");
    }

    @Test
    void readsCompressedLayersOfNewerArchives() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(LAYER);
        }
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, compressed.toByteArray());
        Path file = folder.resolve("image.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            put(tar, OciLayout.blobName(layer.digest()), compressed.toByteArray());
            put(tar, "c.json", config(1));
            put(tar, "manifest.json", list("null", OciLayout.blobName(layer.digest())));
        }

        try (DockerArchive archive = DockerArchive.open(file)) {
            ImageManifest manifest = (ImageManifest) archive.manifest(archive.image(""));

            assertThat(manifest.layers()).containsExactly(layer);
        }
    }

    @Test
    void refusesALayerThatIsNotTheOneNamed() throws IOException {
        Path file = folder.resolve("image.tar");
        byte[] other = new byte[1024];
        other[512] = 1;
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            put(tar, "c.json", config(1));
            put(tar, "aa/layer.tar", other);
            put(tar, "manifest.json", list("null", "aa/layer.tar"));
        }

        try (DockerArchive archive = DockerArchive.open(file)) {
            ImageManifest manifest = (ImageManifest) archive.manifest(archive.image(""));

            assertThatThrownBy(() -> archive.open(manifest.layers().get(0)).readAllBytes())
                    .hasMessage(DIFF_ID + " in " + file + " has other content, which has the digest "
                            + Digest.sha256(other)
                            + ". Do not use it; it was changed or damaged after it was written. Make it again.");
        }
    }

    @Test
    void refusesAListOfOtherLayersThanTheConfigurationNames() throws IOException {
        Path file = folder.resolve("image.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            put(tar, "c.json", config(2));
            put(tar, "aa/layer.tar", LAYER);
            put(tar, "manifest.json", list("null", "aa/layer.tar"));
        }

        assertThatThrownBy(() -> DockerArchive.open(file))
                .hasMessage(file + " is not a docker archive: an image has 1 layers and its configuration names 2."
                        + " Give the file that 'docker save' or 'skopeo copy … docker-archive:' wrote.");
    }

    @Test
    void refusesNamesThatLeadOutOfAFolder() throws IOException {
        Files.write(folder.resolve("secret"), config(0));
        Path image = Files.createDirectory(folder.resolve("image"));
        Files.write(image.resolve("manifest.json"), "[{\"Config\":\"../secret\",\"Layers\":[]}]".getBytes(UTF_8));

        assertThatThrownBy(() -> DockerArchive.open(image))
                .hasMessage(image + " is not a docker archive: it has no file '../secret'."
                        + " Give the file that 'docker save' or 'skopeo copy … docker-archive:' wrote.");
    }

    @Test
    void saysThatThereIsNoFile() {
        Path file = folder.resolve("nope.tar");

        assertThatThrownBy(() -> DockerArchive.open(file))
                .hasMessage(file + " is not a docker archive: there is no such file."
                        + " Give the file that 'docker save' or 'skopeo copy … docker-archive:' wrote.");
    }
}

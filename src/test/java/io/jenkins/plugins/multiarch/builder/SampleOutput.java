package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What builders leave in a folder: images for one platform, with one layer. */
record SampleOutput(Path folder) {

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes);
        tar.put(TarEntry.file("hello", 0644, 5), new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
        tar.finish();
        return bytes.toByteArray();
    }

    static byte[] config(String arch) throws IOException {
        return ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Digest.sha256(tar()) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static ImageManifest image(OciLayoutWriter writer, String arch, String layerType) throws IOException {
        Descriptor layer = Descriptor.of(layerType, tar());
        Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, config(arch));
        writer.blob(layer, new ByteArrayInputStream(tar()));
        writer.blob(config, new ByteArrayInputStream(config(arch)));
        ImageManifest manifest = ImageManifest.of(config, List.of(layer), Map.of("made", "by us"));
        writer.manifest(manifest);
        return manifest;
    }

    /** As BuildKit writes it: an index of the image and what it says about it. */
    ImageIndex attested(String layerType) throws IOException {
        return attested(layerType, false);
    }

    ImageIndex attested(String layerType, boolean wrapped) throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.archive(folder.resolve("image.tar"))) {
            ImageManifest image = image(writer, "arm64", layerType);
            byte[] statement = "{\"_type\":\"x\"}".getBytes(StandardCharsets.UTF_8);
            Descriptor said = Descriptor.of("application/vnd.in-toto+json", statement);
            writer.blob(said, new ByteArrayInputStream(statement));
            writer.blob(
                    Descriptor.of(MediaTypes.OCI_CONFIG, config("unknown")),
                    new ByteArrayInputStream(config("unknown")));
            ImageManifest about =
                    ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config("unknown")), List.of(said), Map.of());
            writer.manifest(about);
            ImageIndex index = ImageIndex.of(
                    List.of(
                            image.descriptor().withPlatform(Platform.parse("linux/arm64")),
                            about.descriptor()
                                    .withPlatform(Platform.parse("unknown/unknown"))
                                    .withAnnotations(Map.of(
                                            "vnd.docker.reference.type",
                                            "attestation-manifest",
                                            "vnd.docker.reference.digest",
                                            image.digest().toString()))),
                    Map.of());
            writer.manifest(index);
            ImageIndex named = wrapped ? ImageIndex.of(List.of(index.descriptor()), Map.of()) : index;
            writer.manifest(named);
            writer.image(named.descriptor(), "");
            writer.finish();
            return index;
        }
    }

    ImageManifest layout(String arch, String layerType) throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("image"))) {
            ImageManifest manifest = image(writer, arch, layerType);
            writer.image(manifest.descriptor(), "image");
            writer.finish();
            return manifest;
        }
    }

    /** As docker save writes it. */
    void saved() throws IOException {
        Files.createDirectories(folder);
        try (OutputStream out = Files.newOutputStream(folder.resolve("saved.tar"))) {
            TarWriter tar = new TarWriter(out);
            put(tar, "a/layer.tar", tar());
            put(tar, "c.json", config("arm64"));
            put(
                    tar,
                    "manifest.json",
                    "[{\"Config\":\"c.json\",\"RepoTags\":[\"x:1\"],\"Layers\":[\"a/layer.tar\"]}]"
                            .getBytes(StandardCharsets.UTF_8));
            tar.finish();
        }
    }

    private static void put(TarWriter tar, String name, byte[] content) throws IOException {
        tar.put(TarEntry.file(name, 0644, content.length), new ByteArrayInputStream(content));
    }

    /** With programs for these numbers of e_machine, in little endian but for s390x. */
    void programs(String arch, String label, int... machines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes);
        put(tar, "readme", new byte[64]);
        for (int machine : machines) {
            byte[] elf = new byte[64];
            System.arraycopy(new byte[] {0x7F, 'E', 'L', 'F', 2, (byte) (machine == 22 ? 2 : 1)}, 0, elf, 0, 6);
            elf[machine == 22 ? 17 : 16] = 3;
            elf[machine == 22 ? 19 : 18] = (byte) machine;
            tar.put(TarEntry.file("bin/" + machine, 0755, elf.length), new ByteArrayInputStream(elf));
        }
        tar.finish();
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, bytes.toByteArray());
        byte[] json = ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\",\"config\":{\"Labels\":{" + label
                        + "}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + layer.digest() + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, json);
        try (OciLayoutWriter writer = OciLayoutWriter.archive(folder.resolve("image.tar"))) {
            writer.blob(layer, new ByteArrayInputStream(bytes.toByteArray()));
            writer.blob(config, new ByteArrayInputStream(json));
            ImageManifest manifest = ImageManifest.of(config, List.of(layer), Map.of());
            writer.manifest(manifest);
            writer.image(manifest.descriptor(), "");
            writer.finish();
        }
    }
}

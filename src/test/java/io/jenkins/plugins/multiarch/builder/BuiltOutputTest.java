package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltOutputTest {
    private static final BuildPlan ARM64 = new SamplePlan("linux/arm64").plan();

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes);
        tar.put(TarEntry.file("hello", 0644, 5), new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
        tar.finish();
        return bytes.toByteArray();
    }

    private static byte[] config(String arch) throws IOException {
        return ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Digest.sha256(tar()) + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ImageManifest image(OciLayoutWriter writer, String arch, String layerType) throws IOException {
        Descriptor layer = Descriptor.of(layerType, tar());
        Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, config(arch));
        writer.blob(layer, new ByteArrayInputStream(tar()));
        writer.blob(config, new ByteArrayInputStream(config(arch)));
        ImageManifest manifest = ImageManifest.of(config, List.of(layer), Map.of("made", "by us"));
        writer.manifest(manifest);
        return manifest;
    }

    /** As BuildKit writes it: an index of the image and what it says about it. */
    private ImageIndex attested(String layerType) throws IOException {
        return attested(layerType, false);
    }

    private ImageIndex attested(String layerType, boolean wrapped) throws IOException {
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

    private ImageManifest layout(String arch, String layerType) throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("image"))) {
            ImageManifest manifest = image(writer, arch, layerType);
            writer.image(manifest.descriptor(), "image");
            writer.finish();
            return manifest;
        }
    }

    /** As docker save writes it. */
    private void saved() throws IOException {
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

    @Test
    void keepsTheBytesOfTheBuilder() throws IOException, InterruptedException {
        ImageManifest written = layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            assertThat(output.digest()).isEqualTo(written.digest());
            assertThat(output.image().platform()).contains(Platform.parse("linux/arm64"));
            assertThat(output.attestations()).isEmpty();
        }
    }

    @Test
    void pushesByDigestAndOnce() throws IOException, InterruptedException {
        ImageManifest written = layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start();
                BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            Repository target = fake.repository("acme/app");
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            output.push(registry, target, log::add);
            output.push(registry, target, log::add);

            assertThat(log)
                    .containsExactly(
                            "Pushed linux/arm64 as " + target + "@" + written.digest() + ".",
                            "linux/arm64 stood as " + target + "@" + written.digest() + " already.");
            assertThat(fake.tags("acme/app")).isEmpty();
            assertThat(registry.get(ImageRef.of(target, written.digest())).bytes())
                    .isEqualTo(written.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsAttestationsBesideTheirImage(boolean insideAnotherIndex) throws IOException, InterruptedException {
        ImageIndex index = attested(MediaTypes.OCI_LAYER_GZIP, insideAnotherIndex);

        try (FakeRegistry fake = FakeRegistry.start();
                BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            Repository target = fake.repository("acme/app");
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            output.push(registry, target, log::add);

            assertThat(output.digest()).isEqualTo(index.digest());
            assertThat(output.image().digest()).isEqualTo(index.images().get(0).digest());
            assertThat(output.attestations()).hasSize(1);
            for (Descriptor child : index.manifests()) {
                assertThat(registry.head(target, child.digest())).isPresent();
            }
        }
    }

    @Test
    void compressesWhatDockerSavedTheSameEverywhere() throws IOException, InterruptedException {
        saved();

        try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            assertThat(output.digest())
                    .hasToString("sha256:68be0092869057197c52499762d7327d9539155a18973e7eadb4b42cbb191dbc");
            output.writeArchive(folder.resolve("out.tar"));
        }
        try (OciLayout layout = OciLayout.open(folder.resolve("out.tar"))) {
            ImageManifest manifest = (ImageManifest) layout.manifest(layout.image(""));
            assertThat(manifest.layers().get(0).mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
            assertThat(layout.read(manifest.config())).isEqualTo(config("arm64"));
            assertThat(layout.read(manifest.layers().get(0))).startsWith(0x1F, 0x8B);
        }
    }

    @Test
    void putsAnnotationsWhereTheBuilderCouldNot() throws IOException, InterruptedException {
        layout("arm64", MediaTypes.OCI_LAYER_GZIP);
        BuildPlan plan =
                new SamplePlan("linux/arm64").put("annotations", "note", "1").plan();

        try (BuiltOutput output = BuiltOutput.read(folder, plan)) {
            output.writeArchive(folder.resolve("out.tar"));
        }

        try (OciLayout layout = OciLayout.open(folder.resolve("out.tar"))) {
            assertThat(layout.manifest(layout.image("")).annotations()).isEqualTo(Map.of("made", "by us", "note", "1"));
        }
    }

    @Test
    void refusesToChangeWhatAttestationsAreAbout() throws IOException {
        attested(MediaTypes.OCI_LAYER_GZIP);
        BuildPlan plan =
                new SamplePlan("linux/arm64").put("annotations", "note", "1").plan();

        assertThatThrownBy(() -> BuiltOutput.read(folder, plan))
                .hasMessage(
                        "The image has attestations, and its builder could not put annotations on it. Build it without"
                                + " attestations, or by buildx 0.12 or later.");
        attested(MediaTypes.OCI_LAYER);
        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage("The image has attestations, and its builder did not compress its layers. Build it without"
                        + " attestations, or by buildx 0.12 or later.");
    }

    @Test
    void refusesAnotherArchitecture() throws IOException {
        layout("amd64", MediaTypes.OCI_LAYER_GZIP);

        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage(
                        "An image for linux/arm64 was asked for, and one for linux/amd64 was built. Take --platform from"
                                + " the FROM of the stage that is built, and check that its base image is there for linux/arm64.");
    }

    /** With programs for these numbers of e_machine, in little endian but for s390x. */
    private void programs(String arch, String label, int... machines) throws IOException {
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

    @Test
    void refusesProgramsOfAnotherProcessorWhateverTheConfigurationSays() throws IOException {
        programs("arm64", "", 62, 22);

        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage(
                        "An image for linux/arm64 was asked for, and its programs are for another processor, such as"
                                + " /bin/62. Check that its base image is there for linux/arm64; an image that carries other"
                                + " programs on purpose says so by the label io.jenkins.multiarch.foreign=true.");
    }

    @Test
    void takesProgramsOfManyProcessorsAndForeignOnesOnPurpose() throws IOException, InterruptedException {
        programs("arm64", "", 62, 22, 183);
        BuiltOutput.read(folder, ARM64).close();

        programs("arm64", "\"io.jenkins.multiarch.foreign\":\"true\"", 62);
        BuiltOutput.read(folder, ARM64).close();

        programs("s390x", "", 22);
        BuiltOutput.read(folder, new SamplePlan("linux/s390x").plan()).close();
        assertThat(folder.resolve("image.tar")).exists();
    }

    @Test
    void refusesSeveralImages() throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("image"))) {
            ImageIndex index = ImageIndex.of(
                    List.of(
                            image(writer, "arm64", MediaTypes.OCI_LAYER_GZIP)
                                    .descriptor()
                                    .withPlatform(Platform.parse("linux/arm64")),
                            image(writer, "amd64", MediaTypes.OCI_LAYER_GZIP)
                                    .descriptor()
                                    .withPlatform(Platform.parse("linux/amd64"))),
                    Map.of());
            writer.manifest(index);
            writer.image(index.descriptor(), "");
            writer.finish();
        }

        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage(
                        folder.resolve("image") + " holds 2 images, where the build of one platform belongs. Build one"
                                + " platform at a time; the index over all is made afterwards.");
    }

    @Test
    void refusesAFolderWithoutAnImage() {
        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage("The build left no image in " + folder
                        + ". Look into its log; a build of one's own has to leave"
                        + " image.tar, an OCI archive, there.");
    }

    @Test
    void mountsTheLayersOfABaseOnTheSameRegistry() throws IOException, InterruptedException {
        ImageManifest written = layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start()) {
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            Repository base = fake.repository("acme/base");
            try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
                output.push(registry, base, log::add);
            }
            BuildPlan child = new SamplePlan("linux/arm64")
                    .put("baseImages", "base", base + "@" + written.digest())
                    .put("annotations", "child", "1")
                    .plan();
            try (BuiltOutput output = BuiltOutput.read(folder, child)) {
                output.push(registry, fake.repository("acme/child"), log::add);
            }

            assertThat(fake.requests())
                    .filteredOn(request -> request.query()
                            .contains("mount=" + written.layers().get(0).digest()))
                    .hasSize(1);
        }
    }

    @Test
    void pushesAllWhereABaseOnTheSameRegistryCannotBeUnderstood() throws IOException, InterruptedException {
        ImageManifest written = layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start()) {
            Digest broken = fake.addManifest(
                    "acme/base", "1", MediaTypes.OCI_MANIFEST, "{\"config\":1}".getBytes(StandardCharsets.UTF_8));
            BuildPlan child = new SamplePlan("linux/arm64")
                    .put("baseImages", "base", fake.repository("acme/base") + "@" + broken)
                    .plan();
            try (BuiltOutput output = BuiltOutput.read(folder, child)) {
                output.push(
                        HttpRegistry.builder().plainHttp(Set.of(fake.address())).build(),
                        fake.repository("acme/child"),
                        log::add);
            }

            assertThat(fake.hasBlob("acme/child", written.layers().get(0).digest()))
                    .isTrue();
        }
    }
}

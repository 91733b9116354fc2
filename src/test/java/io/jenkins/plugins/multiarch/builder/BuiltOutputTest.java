package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltOutputTest {
    private static final BuildPlan ARM64 = new SamplePlan("linux/arm64").plan();

    @TempDir
    private Path folder;

    private SampleOutput builder;

    @BeforeEach
    void startAnEmptyFolder() {
        builder = new SampleOutput(folder);
    }

    @Test
    void keepsTheBytesOfTheBuilder() throws IOException, InterruptedException {
        ImageManifest written = builder.layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            assertThat(output.digest()).isEqualTo(written.digest());
            assertThat(output.image().platform()).contains(Platform.parse("linux/arm64"));
            assertThat(output.attestations()).isEmpty();
        }
    }

    @Test
    void compressesWhatDockerSavedTheSameEverywhere() throws IOException, InterruptedException {
        builder.saved();

        try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            assertThat(output.digest())
                    .hasToString("sha256:68be0092869057197c52499762d7327d9539155a18973e7eadb4b42cbb191dbc");
            output.writeArchive(folder.resolve("out.tar"));
        }
        try (OciLayout layout = OciLayout.open(folder.resolve("out.tar"))) {
            ImageManifest manifest = (ImageManifest) layout.manifest(layout.image(""));
            assertThat(manifest.layers().get(0).mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
            assertThat(layout.read(manifest.config())).isEqualTo(SampleOutput.config("arm64"));
            assertThat(layout.read(manifest.layers().get(0))).startsWith(0x1F, 0x8B);
        }
    }

    @Test
    void putsAnnotationsWhereTheBuilderCouldNot() throws IOException, InterruptedException {
        builder.layout("arm64", MediaTypes.OCI_LAYER_GZIP);
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
        builder.attested(MediaTypes.OCI_LAYER_GZIP);
        BuildPlan plan =
                new SamplePlan("linux/arm64").put("annotations", "note", "1").plan();

        assertThatThrownBy(() -> BuiltOutput.read(folder, plan))
                .hasMessage(
                        "The image has attestations, and its builder could not put annotations on it. Build it without"
                                + " attestations, or by buildx 0.12 or later.");
        builder.attested(MediaTypes.OCI_LAYER);
        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage("The image has attestations, and its builder did not compress its layers. Build it without"
                        + " attestations, or by buildx 0.12 or later.");
    }

    @Test
    void refusesAnotherArchitecture() throws IOException {
        builder.layout("amd64", MediaTypes.OCI_LAYER_GZIP);

        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage(
                        "An image for linux/arm64 was asked for, and one for linux/amd64 was built. Take --platform from"
                                + " the FROM of the stage that is built, and check that its base image is there for linux/arm64.");
    }

    @Test
    void refusesProgramsOfAnotherProcessorWhateverTheConfigurationSays() throws IOException {
        builder.programs("arm64", "", 62, 22);

        assertThatThrownBy(() -> BuiltOutput.read(folder, ARM64))
                .hasMessage(
                        "An image for linux/arm64 was asked for, and its programs are for another processor, such as"
                                + " /bin/62. Check that its base image is there for linux/arm64; an image that carries other"
                                + " programs on purpose says so by the label io.jenkins.multiarch.foreign=true.");
    }

    @Test
    void takesProgramsOfManyProcessorsAndForeignOnesOnPurpose() throws IOException, InterruptedException {
        builder.programs("arm64", "", 62, 22, 183);
        BuiltOutput.read(folder, ARM64).close();

        builder.programs("arm64", "\"io.jenkins.multiarch.foreign\":\"true\"", 62);
        BuiltOutput.read(folder, ARM64).close();

        builder.programs("s390x", "", 22);
        BuiltOutput.read(folder, new SamplePlan("linux/s390x").plan()).close();
        assertThat(folder.resolve("image.tar")).exists();
    }

    @Test
    void refusesSeveralImages() throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("image"))) {
            ImageIndex index = ImageIndex.of(
                    List.of(
                            SampleOutput.image(writer, "arm64", MediaTypes.OCI_LAYER_GZIP)
                                    .descriptor()
                                    .withPlatform(Platform.parse("linux/arm64")),
                            SampleOutput.image(writer, "amd64", MediaTypes.OCI_LAYER_GZIP)
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
}

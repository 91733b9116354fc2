package io.jenkins.plugins.multiarch.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {
    private static final byte[] CONFIG =
            "{\"architecture\":\"arm64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                    .getBytes(UTF_8);
    private static final byte[] LAYER = new byte[2048];
    private static final Descriptor LAYER_DESCRIPTOR = Descriptor.of(MediaTypes.OCI_LAYER, LAYER);
    private static final ImageManifest IMAGE =
            ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, CONFIG), List.of(LAYER_DESCRIPTOR), Map.of());
    private static final ImageIndex INDEX =
            ImageIndex.of(List.of(IMAGE.descriptor().withPlatform(Platform.parse("linux/arm64"))), Map.of());

    @TempDir
    private Path folder;

    private Path write(String name) throws IOException {
        Path path = folder.resolve(name);
        try (OciLayoutWriter writer = writer(path)) {
            writer.blob(IMAGE.config(), new ByteArrayInputStream(CONFIG));
            writer.blob(LAYER_DESCRIPTOR, new ByteArrayInputStream(LAYER));
            writer.manifest(IMAGE);
            writer.manifest(INDEX);
            writer.image(INDEX.descriptor(), "1.4");
            writer.finish();
        }
        return path;
    }

    private static OciLayoutWriter writer(Path path) throws IOException {
        return path.toString().endsWith(".tar") ? OciLayoutWriter.archive(path) : OciLayoutWriter.folder(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "layout.tar"})
    void readsBackWhatItWrote(String name) throws IOException {
        try (OciLayout layout = OciLayout.open(write(name))) {
            Descriptor image = layout.image("1.4");

            assertThat(image).isEqualTo(layout.image(""));
            assertThat(layout.manifest(image).bytes()).isEqualTo(INDEX.bytes());
            assertThat(layout.config(IMAGE).platform()).hasToString("linux/arm64");
            assertThat(layout.open(LAYER_DESCRIPTOR).readAllBytes()).isEqualTo(LAYER);
            assertThat(layout.has(LAYER_DESCRIPTOR.digest())).isTrue();
        }
    }

    @Test
    void writesTheSameArchiveEveryTime() throws IOException {
        Digest first = Digest.sha256(Files.readAllBytes(write("a.tar")));
        Digest second = Digest.sha256(Files.readAllBytes(write("b.tar")));

        assertThat(first)
                .isEqualTo(second)
                .hasToString("sha256:53b32d50fa9ba086063dfb6d2de13c2cce183700f145e2cfda9606881ed45be1");
    }

    @Test
    void leavesNothingOfAnArchiveThatWasNotFinished() throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.archive(folder.resolve("new.tar"))) {
            writer.blob(LAYER_DESCRIPTOR, new ByteArrayInputStream(LAYER));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keepsTheImagesOfAFolder() throws IOException {
        Path path = write("layout");
        try (OciLayoutWriter writer = OciLayoutWriter.folder(path)) {
            writer.image(IMAGE.descriptor(), "arm");
            writer.finish();
        }

        try (OciLayout layout = OciLayout.open(path)) {
            assertThat(layout.image("1.4").digest()).isEqualTo(INDEX.digest());
            assertThat(layout.image("arm").digest()).isEqualTo(IMAGE.digest());
        }
    }

    @Test
    void movesANameToTheImageThatCameLast() throws IOException {
        Path path = write("layout");
        try (OciLayoutWriter writer = OciLayoutWriter.folder(path)) {
            writer.image(IMAGE.descriptor(), "1.4");
            writer.finish();
        }

        try (OciLayout layout = OciLayout.open(path)) {
            assertThat(layout.images()).extracting(Descriptor::digest).containsExactly(IMAGE.digest());
        }
    }

    @Test
    void writesNoBlobWithOtherContentThanItsDigest() throws IOException {
        try (OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("layout"))) {
            byte[] other = new byte[2048];
            other[7] = 1;

            assertThatThrownBy(() -> writer.blob(LAYER_DESCRIPTOR, new ByteArrayInputStream(other)))
                    .hasMessage(LAYER_DESCRIPTOR.digest() + " in what was to be written to " + folder
                            + "/layout has other content, which has the digest " + Digest.sha256(other)
                            + ". Do not use it; it was changed or damaged after it was written. Make it again.");
        }
        assertThat(folder.resolve("layout/blobs/sha256")).isEmptyDirectory();
    }

    @Test
    void refusesABlobThatWasChanged() throws IOException {
        Path path = write("layout");
        byte[] changed = new byte[2048];
        changed[100] = 1;
        Files.write(path.resolve(OciLayout.blobName(LAYER_DESCRIPTOR.digest())), changed);

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.open(LAYER_DESCRIPTOR).readAllBytes())
                    .hasMessage(LAYER_DESCRIPTOR.digest() + " in " + path + " has other content, which has the digest "
                            + Digest.sha256(changed)
                            + ". Do not use it; it was changed or damaged after it was written. Make it again.");
        }
    }

    @Test
    void refusesABlobThatIsCutShort() throws IOException {
        Path path = write("layout");
        Files.write(path.resolve(OciLayout.blobName(LAYER_DESCRIPTOR.digest())), new byte[2047]);

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.open(LAYER_DESCRIPTOR).readAllBytes())
                    .hasMessage(LAYER_DESCRIPTOR.digest() + " in " + path
                            + " has another size than the 2048 bytes that are said."
                            + " Do not use it; it was changed or damaged after it was written. Make it again.");
        }
    }

    @Test
    void saysWhichBlobIsMissing() throws IOException {
        Path path = write("layout");
        Files.delete(path.resolve(OciLayout.blobName(LAYER_DESCRIPTOR.digest())));

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.open(LAYER_DESCRIPTOR))
                    .hasMessage(LAYER_DESCRIPTOR.digest() + " is missing in " + path
                            + ". Write the image layout again, whole; something in it was left out or deleted.");
        }
    }

    @Test
    void saysWhichNamesThereAre() throws IOException {
        Path path = write("layout");

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.image("2.0"))
                    .hasMessage(path + " holds no image named '2.0'. Name one of: 1.4.");
        }
    }

    @Test
    void asksForANameWhereThereAreSeveralImages() throws IOException {
        Path path = write("layout");
        try (OciLayoutWriter writer = OciLayoutWriter.folder(path)) {
            writer.image(IMAGE.descriptor(), "arm");
            writer.finish();
        }

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.image(""))
                    .hasMessage(path + " holds several images. Name one of: 1.4, arm.");
        }
    }

    @Test
    void saysWhatALayoutIsWhereThereIsNone() {
        assertThatThrownBy(() -> OciLayout.open(folder))
                .hasMessage(folder + " is not an OCI image layout: it has no file 'oci-layout'. Give the folder or the"
                        + " .tar file of an OCI image layout, as 'skopeo copy … oci:' and 'docker buildx build --output"
                        + " type=oci' write it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "..", "../../x", "a\0b", "caf\uDCE9"})
    void readsPastLinksThatNameNothing(String target) throws IOException {
        Path file = folder.resolve("links.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(file))) {
            tar.put(TarEntry.symlink(".", target));
            tar.put(TarEntry.symlink("oci-layout", target));
        }

        assertThatThrownBy(() -> OciLayout.open(file))
                .hasMessageStartingWith(file + " is not an OCI image layout: it has no file 'oci-layout'.");
    }

    @Test
    void refusesACompressedArchive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(LAYER);
        }
        Path file = Files.write(folder.resolve("layout.tar.gz"), bytes.toByteArray());

        assertThatThrownBy(() -> OciLayout.open(file))
                .hasMessage(file + " is compressed with gzip. Unpack the compression first, so that the images in it"
                        + " can be read where they stand.");
    }

    @Test
    void refusesAHugeConfiguration() throws IOException {
        Path path = write("layout");
        Descriptor huge = Descriptor.of(MediaTypes.OCI_CONFIG, LAYER_DESCRIPTOR.digest(), 9_000_000);

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.read(huge))
                    .hasMessage(huge.digest() + " in " + path + " has 9000000 bytes; we read documents of at most"
                            + " 8388608. Make the image again with a smaller manifest or configuration.");
        }
    }

    @Test
    void saysThatAnEmptyLayoutHoldsNothing() throws IOException {
        Path path = folder.resolve("layout");
        try (OciLayoutWriter writer = OciLayoutWriter.folder(path)) {
            writer.finish();
        }

        try (OciLayout layout = OciLayout.open(path)) {
            assertThatThrownBy(() -> layout.image("")).hasMessage(path + " holds no image. Write one into it first.");
        }
    }

    @Test
    void refusesAnArchiveWhoseNamesAreTooLongTogether() throws IOException {
        Path archive = folder.resolve("names.tar");
        try (TarWriter tar = new TarWriter(Files.newOutputStream(archive))) {
            for (int i = 0; i < 17; i++) {
                tar.put(TarEntry.file(i + "n".repeat(1_000_000), 0644, 0), new ByteArrayInputStream(new byte[0]));
            }
            tar.finish();
        }

        assertThatThrownBy(() -> OciLayout.open(archive))
                .hasMessage(archive + " is not a tar archive we can read: the names in it have together more than"
                        + " 16777216 characters. Make it again with the tool that wrote it.");
    }
}

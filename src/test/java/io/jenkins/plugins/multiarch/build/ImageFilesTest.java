package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFilesTest {
    @TempDir
    private Path temporary;

    @FunctionalInterface
    private interface Content {
        void write(TarWriter tar) throws IOException;
    }

    private static Blob layer(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            content.write(tar);
            tar.finish();
        }
        return Blob.of(MediaTypes.OCI_LAYER, bytes.toByteArray());
    }

    private static void file(TarWriter tar, String name, int mode, String text) throws IOException {
        byte[] content = text.getBytes();
        tar.put(TarEntry.file(name, mode, content.length), new ByteArrayInputStream(content));
    }

    private List<String> write(Blob... layers) throws IOException, InterruptedException {
        return ImageFiles.of(List.of(layers), temporary).write(temporary.resolve("out"));
    }

    @Test
    void areWhatTheUppermostLayerMakesThem() throws Exception {
        Blob below = layer(tar -> {
            tar.put(TarEntry.directory("app", 0755));
            file(tar, "app/run", 0755, "old");
            file(tar, "app/gone", 0644, "gone");
        });
        Blob above = layer(tar -> {
            file(tar, "app/run", 0700, "new");
            file(tar, "app/.wh.gone", 0644, "");
        });

        List<String> files = write(below, above);

        assertThat(files).containsExactly("app/run");
        assertThat(temporary.resolve("out/app/run")).hasContent("new").isExecutable();
        assertThat(temporary.resolve("out/app/gone")).doesNotExist();
    }

    @Test
    void stayInTheFolderWhereALinkLeadsOutOfIt() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Blob layer = layer(tar -> {
            tar.put(TarEntry.symlink("etc", outside.toString()));
            file(tar, "etc/passwd", 0644, "root");
        });

        write(layer);

        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void keepLinksAsTheyAre() throws Exception {
        write(layer(tar -> {
            file(tar, "data", 0644, "x");
            tar.put(TarEntry.symlink("link", "data"));
        }));

        assertThat(Files.readSymbolicLink(temporary.resolve("out/link"))).hasToString("data");
    }

    /** Bytes that are no text in any encoding of a machine. */
    @ParameterizedTest
    @CsvSource({"a\uDC80, b", "a, b\uDC80"})
    void refuseANameThatTheMachineCannotWriteBeforeAnythingIsWritten(String name, String target) throws Exception {
        Blob layer = layer(tar -> {
            file(tar, "0", 0644, "x");
            tar.put(TarEntry.symlink(name, target));
        });

        assertThatThrownBy(() -> write(layer))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The file '" + name + "' of the image cannot be written on this machine, whose encoding lacks"
                                + " a character of its name or of the link's target. Start the agent with LANG=C.UTF-8 in its"
                                + " environment, or leave out the output local.");
        assertThat(temporary.resolve("out")).doesNotExist();
    }
}

package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the layers of a base image are read, one on the other. */
class BaseLayersTest {
    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        sample = SampleBuild.withFiles(folder);
    }

    @Test
    void copiesFromImagesWhatTheirLayersLeave() throws IOException, InterruptedException {
        sample.base(
                "ghcr.io/base/layers:1",
                "{}",
                new TarEntry[] {
                    TarEntry.directory("d", 0750).withOwner(3, 4),
                    TarEntry.file("d/gone", 0644, 1),
                    TarEntry.file("d/kept", 0644, 2).withOwner(3, 4),
                    TarEntry.hardlink("d/hard", "d/kept"),
                    TarEntry.directory("o", 0755),
                    TarEntry.file("o/old", 0644, 1)
                },
                new TarEntry[] {
                    TarEntry.file("d/.wh.gone", 0, 0),
                    TarEntry.file("o/new", 0600, 3),
                    TarEntry.file("o/.wh..wh..opq", 0, 0)
                });

        Map<String, String> files = sample.files(1, "FROM scratch", "COPY --from=ghcr.io/base/layers:1 / /all/");

        assertThat(files)
                .containsOnly(
                        entry("all", "d 0755 0:0"),
                        entry("all/d", "d 0750 3:4"),
                        entry("all/d/hard", "f 0644 3:4 xx"),
                        entry("all/d/kept", "h 0644 3:4 all/d/hard"),
                        entry("all/o", "d 0755 0:0"),
                        entry("all/o/new", "f 0600 0:0 xxx"));
    }

    @Test
    void makesTheFoldersThatALayerOfTheBaseDoesNotName() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/bare:1", "{}", new TarEntry[] {TarEntry.file("usr/bin/tool", 0755, 1)});

        Map<String, String> into = sample.files(1, "FROM ghcr.io/base/bare:1", "COPY one.txt /usr/bin");
        Map<String, String> from = sample.files(1, "FROM scratch", "COPY --from=ghcr.io/base/bare:1 / /");

        assertThat(into).containsOnly(entry("usr/bin/one.txt", "f 0644 0:0 1"));
        assertThat(from)
                .containsOnly(
                        entry("usr", "d 0755 0:0"),
                        entry("usr/bin", "d 0755 0:0"),
                        entry("usr/bin/tool", "f 0755 0:0 x"));
    }

    @Test
    void followsLinksOfLowerLayersInTheNamesOfUpperOnes() throws IOException, InterruptedException {
        sample.base(
                "ghcr.io/base/merged:1",
                "{}",
                new TarEntry[] {
                    TarEntry.directory("usr/lib", 0755),
                    TarEntry.file("usr/lib/gone", 0644, 1),
                    TarEntry.file("usr/lib/kept", 0644, 2),
                    TarEntry.symlink("lib", "usr/lib")
                },
                new TarEntry[] {
                    TarEntry.file("lib/new", 0600, 3),
                    TarEntry.file("lib/.wh.gone", 0, 0),
                    TarEntry.hardlink("lib/same", "lib/kept")
                });

        Map<String, String> files = sample.files(1, "FROM scratch", "COPY --from=ghcr.io/base/merged:1 / /all/");

        assertThat(files)
                .containsOnly(
                        entry("all", "d 0755 0:0"),
                        entry("all/lib", "l 0777 0:0 usr/lib"),
                        entry("all/usr", "d 0755 0:0"),
                        entry("all/usr/lib", "d 0755 0:0"),
                        entry("all/usr/lib/kept", "f 0644 0:0 xx"),
                        entry("all/usr/lib/new", "f 0600 0:0 xxx"),
                        entry("all/usr/lib/same", "h 0644 0:0 all/usr/lib/kept"));
    }

    @Test
    void keepsWhatALayerBringsIntoAFolderThatItHides() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/hidden:1", "{}", new TarEntry[] {TarEntry.file("d/old", 0644, 1)}, new TarEntry[] {
            TarEntry.file("d/new", 0644, 1), TarEntry.file(".wh.d", 0, 0)
        });

        Map<String, String> files = sample.files(1, "FROM scratch", "COPY --from=ghcr.io/base/hidden:1 / /");

        assertThat(files).containsOnlyKeys("d", "d/new");
    }

    @Test
    void refusesALayerWithALinkToNothing() throws IOException, InterruptedException {
        TarEntry[] layer = {TarEntry.hardlink("h", "f")};
        sample.base("ghcr.io/base/dangling:1", "{}", layer);

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/dangling:1", "COPY one.txt /"))
                .hasMessageMatching(
                        "The layer sha256:[0-9a-f]{64} of ghcr.io/base/dangling:1 has 'h' as a link to the file 'f', which is not there."
                                + " Do not use that image; it was put together wrongly or changed.");
    }

    @Test
    void refusesALayerWithAFileInAFile() throws IOException, InterruptedException {
        TarEntry[] layer = {TarEntry.file("f", 0644, 1), TarEntry.file("f/x", 0644, 1)};
        sample.base("ghcr.io/base/wrong:1", "{}", layer);

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/wrong:1", "COPY one.txt /"))
                .hasMessageMatching(
                        "The layer sha256:[0-9a-f]{64} of ghcr.io/base/wrong:1 has 'f/x' where 'f' is no folder."
                                + " Do not use that image; it was put together wrongly or changed.");
    }
}

package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What COPY, ADD and WORKDIR write into the layers of an image. */
class CopiedFilesTest {
    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        sample = SampleBuild.withFiles(folder);
    }

    @Test
    void copiesByTheRulesOfDocker() throws IOException, InterruptedException {
        Map<String, String> files = sample.files(
                9,
                "FROM scratch",
                "COPY dir /a",
                "COPY dir/ /b/c/",
                "COPY one.txt /f",
                "COPY one.txt /g/",
                "COPY one /h/",
                "COPY [\"two.txt\", \"/i j/\"]",
                "COPY *.txt /k/",
                "COPY d*r/sub /l",
                "COPY dir/../one.txt /m");

        assertThat(files)
                .containsOnly(
                        entry("a", "d 0755 0:0"),
                        entry("a/out", "l 0777 0:0 ../../../etc/passwd"),
                        entry("a/sub", "d 0755 0:0"),
                        entry("a/sub/s.txt", "f 0644 0:0 s"),
                        entry("a/top", "f 0750 0:0 t"),
                        entry("b", "d 0755 0:0"),
                        entry("b/c", "d 0755 0:0"),
                        entry("b/c/out", "l 0777 0:0 ../../../etc/passwd"),
                        entry("b/c/sub", "d 0755 0:0"),
                        entry("b/c/sub/s.txt", "f 0644 0:0 s"),
                        entry("b/c/top", "f 0750 0:0 t"),
                        entry("f", "f 0644 0:0 1"),
                        entry("g", "d 0755 0:0"),
                        entry("g/one.txt", "f 0644 0:0 1"),
                        entry("h", "d 0755 0:0"),
                        entry("h/one", "f 0644 0:0 1"),
                        entry("i j", "d 0755 0:0"),
                        entry("i j/two.txt", "f 0600 0:0 2"),
                        entry("k", "d 0755 0:0"),
                        entry("k/one.txt", "f 0644 0:0 1"),
                        entry("k/two.txt", "f 0600 0:0 2"),
                        entry("l", "d 0755 0:0"),
                        entry("l/s.txt", "f 0644 0:0 s"),
                        entry("m", "f 0644 0:0 1"));
    }

    @Test
    void writesOnlyWhatChanges() throws IOException, InterruptedException {
        Map<String, String> files =
                sample.files(1, "FROM scratch", "COPY dir /a", "COPY one.txt /a/sub/", "COPY --link one.txt /a/sub/");

        assertThat(files)
                .containsOnly(
                        entry("a", "d 0755 0:0"), entry("a/sub", "d 0755 0:0"), entry("a/sub/one.txt", "f 0644 0:0 1"));
    }

    @Test
    void followsLinksOfTheImageOnTheWayToTheDestination() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/links:1", "{}", new TarEntry[] {
            TarEntry.directory("run", 0755), TarEntry.directory("var", 0755), TarEntry.symlink("var/run", "/run")
        });

        Map<String, String> files = sample.files(1, "FROM ghcr.io/base/links:1", "COPY one.txt /var/run/app/");

        assertThat(files).containsOnly(entry("run/app", "d 0755 0:0"), entry("run/app/one.txt", "f 0644 0:0 1"));
    }

    @Test
    void unpacksArchivesThatAreAdded() throws IOException, InterruptedException {
        sample.archive(
                "a.tar",
                TarEntry.directory("x", 02755).withOwner(7, 8),
                TarEntry.file("x/f", 0640, 2).withOwner(7, 8),
                TarEntry.hardlink("x/h", "x/f"));

        Map<String, String> files = sample.files(2, "FROM scratch", "ADD a.tar /un/", "ADD one.txt /plain/");

        assertThat(files)
                .containsOnly(
                        entry("plain", "d 0755 0:0"),
                        entry("plain/one.txt", "f 0644 0:0 1"),
                        entry("un", "d 0755 0:0"),
                        entry("un/x", "d 2755 7:8"),
                        entry("un/x/f", "f 0640 7:8 xx"),
                        entry("un/x/h", "h 0640 7:8 un/x/f"));
    }

    @Test
    void findsOwnersByNameInTheStage() throws IOException, InterruptedException {
        sample.file("passwd", "root:x:0:0::/:/bin/sh\napp:x:1000:1001::/:/bin/sh\n")
                .file("group", "staff:x:50:\n");

        Map<String, String> files = sample.files(
                4,
                "FROM scratch",
                "COPY passwd group /etc/",
                "COPY --chown=app one.txt /a",
                "COPY --chown=app:staff one.txt /b",
                "COPY --chown=9 one.txt /c",
                "USER app",
                "WORKDIR /home/app");

        assertThat(files)
                .containsOnly(
                        entry("a", "f 0644 1000:1001 1"),
                        entry("b", "f 0644 1000:50 1"),
                        entry("c", "f 0644 9:9 1"),
                        entry("home", "d 0755 1000:1001"),
                        entry("home/app", "d 0755 1000:1001"));
    }

    @Test
    void leavesOutWhatIsIgnored() throws IOException, InterruptedException {
        sample.file(".dockerignore", "dir\n!dir/sub/s.txt\n*.txt\n!one.txt\naway\n");

        Map<String, String> files = sample.files(1, "FROM scratch", "COPY . /");

        assertThat(files).containsOnlyKeys(".dockerignore", "dir", "dir/sub", "dir/sub/s.txt", "one", "one.txt");
    }

    @Test
    void prefersTheRulesBesideTheDockerfile() throws IOException, InterruptedException {
        sample.file(".dockerignore", "*");
        BuildRequest request = sample.request("FROM scratch", "COPY . /");
        Files.writeString(request.dockerfile().resolveSibling("Dockerfile.dockerignore"), "*\n!one.txt\n");

        try (BuiltImages images = sample.build(request)) {
            assertThat(SampleBuild.files(images.images().get(0), 1)).containsOnlyKeys("one.txt");
        }
    }

    @Test
    void writesTextsOfTheDockerfile() throws IOException, InterruptedException {
        Map<String, String> files = sample.files(
                1,
                "FROM scratch",
                "ENV N=7",
                "COPY --chmod=600 <<a.conf <<'b.conf' /etc/",
                "it's \"$N\" \\\"quoted\\\" \\'x\\' \\$N",
                "a.conf",
                "$N",
                "b.conf");

        assertThat(files)
                .contains(
                        entry("etc/a.conf", "f 0600 0:0 it's \"7\" \"quoted\" 'x' $N"),
                        entry("etc/b.conf", "f 0600 0:0 $N"));
    }

    @Test
    void copiesIntoTheFolderThatADotStandsFor() throws IOException, InterruptedException {
        Map<String, String> files = sample.files(1, "FROM scratch", "COPY one.txt two.txt /d/.");

        assertThat(files).containsOnlyKeys("d", "d/one.txt", "d/two.txt");
    }

    @Test
    void givesWhatItUnpacksTheOwnerThatIsAskedFor() throws IOException, InterruptedException {
        sample.archive(
                "a.tar",
                TarEntry.directory("x", 02755).withOwner(7, 8),
                TarEntry.file("x/f", 0640, 2).withOwner(7, 8),
                TarEntry.hardlink("x/h", "x/f"));

        Map<String, String> files = sample.files(1, "FROM scratch", "ADD --chown=5:6 --chmod=777 a.tar /un/");

        assertThat(files)
                .containsOnly(
                        entry("un", "d 0755 5:6"),
                        entry("un/x", "d 2755 5:6"),
                        entry("un/x/f", "f 0640 5:6 xx"),
                        entry("un/x/h", "h 0640 5:6 un/x/f"));
    }
}

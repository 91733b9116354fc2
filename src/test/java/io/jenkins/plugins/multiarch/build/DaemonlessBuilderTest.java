package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonlessBuilderTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final List<Platform> TWO = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));

    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        Files.writeString(folder.resolve("outside"), "secret");
        Path context = Files.createDirectory(folder.resolve("context"));
        sample = new SampleBuild(context);
        sample.file("one.txt", "1")
                .file("two.txt", "2", "rw-------")
                .file("dir/sub/s.txt", "s")
                .file("dir/top", "t", "rwxr-x---")
                .link("dir/out", "../../../etc/passwd")
                .link("one", "one.txt")
                .link("away", "../outside");
    }

    /** Everything a layer can hold, so that one digest stands for all of it. */
    private static final String[] WIDE = {
        "FROM scratch",
        "ARG TARGETARCH",
        "COPY one.txt two.txt /both/",
        "COPY --chown=5:6 --chmod=750 dir /d/deep/",
        "WORKDIR /w",
        "ENV ARCH=$TARGETARCH PATH=/bin",
        "LABEL b=2 a=1",
        "EXPOSE 80",
        "CMD [\"/w/x\"]"
    };

    @Test
    void givesTheSameDigestOnEveryMachine() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(WIDE)) {
            BuiltImage image = images.images().get(0);

            assertThat(image.digest())
                    .hasToString("sha256:39af8f305ce18c1b0d331e030bcccdbc825fcaeb600bfb6ebfe1599dd5ce58cc");
            assertThat(image.config().diffIds().get(0))
                    .hasToString("sha256:78b5fa9789fab48b9a63b5cd1a7416903b7a24469fe9f78933c3fd3b3056d3c5");
        }
    }

    @Test
    void givesTheSameDigestFromAnotherFolderAtAnotherTime() throws IOException, InterruptedException {
        Path other = Files.createDirectory(folder.resolve("other"));
        SampleBuild again = new SampleBuild(other)
                .link("dir/out", "../../../etc/passwd")
                .file("dir/top", "t", "rwxr-x---")
                .file("dir/sub/s.txt", "s")
                .file("two.txt", "2", "rw-------")
                .file("one.txt", "1");
        Files.setLastModifiedTime(other.resolve("one.txt"), FileTime.from(Instant.ofEpochSecond(1_234_567)));

        try (BuiltImages first = sample.build(WIDE);
                BuiltImages second = again.build(WIDE)) {
            assertThat(second.images().get(0).digest())
                    .isEqualTo(first.images().get(0).digest());
        }
    }

    @Test
    void isIndependentOfTheUmaskWhereChmodSaysTheMode() throws IOException, InterruptedException {
        String[] dockerfile = {"FROM scratch", "COPY --chmod=755 dir /d"};
        SampleBuild strict = new SampleBuild(Files.createDirectory(folder.resolve("strict")))
                .file("dir/sub/s.txt", "s", "rw-rw----")
                .file("dir/top", "t", "rwx------")
                .link("dir/out", "../../../etc/passwd");

        try (BuiltImages first = sample.build(dockerfile);
                BuiltImages second = strict.build(dockerfile)) {
            assertThat(second.images().get(0).digest())
                    .isEqualTo(first.images().get(0).digest());
        }
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

    @Test
    void knowsTheArgumentsOfTheStageItBeginsWith() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(
                "FROM scratch AS base",
                "ARG VERSION=1.4",
                "ARG PATH=/arg",
                "FROM base",
                "LABEL version=$VERSION path=$PATH")) {
            assertThat(images.images().get(0).config().json().path("config").path("Labels"))
                    .hasToString("{\"path\":\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                            + "\"version\":\"1.4\"}");
        }
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

    @Test
    void givesABaseWithoutAPathTheUsualOne() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/pathless:1", "{\"Env\":[\"A=1\"]}");

        try (BuiltImages images = sample.build("FROM ghcr.io/base/pathless:1")) {
            assertThat(images.images().get(0).config().json().path("config").path("Env"))
                    .hasToString("[\"A=1\",\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"]");
        }
    }

    @Test
    void leavesThePathOfWindowsToWindows() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(onWindows("CMD [\"app.exe\"]"))) {
            assertThat(images.images().get(0).config().json().path("config"))
                    .hasToString("{\"ArgsEscaped\":true,\"Cmd\":[\"app.exe\"],\"WorkingDir\":\"/\"}");
        }
    }

    @Test
    void refusesTheShellFormForWindows() throws IOException {
        BuildRequest request = onWindows("CMD app.exe");

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage(
                        "Dockerfile line 2: the shell form of CMD for Windows without SHELL is beyond the daemonless"
                                + " builder. Use the builder buildx or buildah.");
    }

    private BuildRequest onWindows(String instruction) throws IOException {
        BuildRequest request = sample.request("FROM scratch", instruction);
        return BuildRequest.of(request.context(), Platform.parseAll(List.of("windows/amd64")))
                .withDockerfile(request.dockerfile());
    }

    @Test
    void refusesTextsWithoutADestination() {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY <<A <<B", "A", "B"))
                .hasMessage("Dockerfile line 2: COPY needs a source and a destination."
                        + " Write COPY source destination.");
    }

    @Test
    void writesTheConfiguration() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(
                "ARG V=1.4",
                "FROM scratch AS first",
                "ARG V",
                "ARG TARGETPLATFORM",
                "ENV P=$TARGETPLATFORM V=${V:-none}",
                "FROM first",
                "LABEL v=$V",
                "EXPOSE 80 8000-8001/udp",
                "VOLUME [\"/data\"]",
                "USER 7:8",
                "WORKDIR /w",
                "HEALTHCHECK --interval=1m30s --retries=2 CMD check",
                "STOPSIGNAL SIGINT",
                "SHELL [\"/bin/ash\", \"-c\"]",
                "CMD serve",
                "ENTRYPOINT [\"/init\"]",
                "ONBUILD COPY . /")) {
            ImageConfig config = images.images().get(0).config();

            assertThat(config.json().path("config"))
                    .hasToString(
                            "{\"ArgsEscaped\":true,\"Cmd\":[\"/bin/ash\",\"-c\",\"serve\"],\"Entrypoint\":[\"/init\"],"
                                    + "\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                                    + "\"P=linux/amd64\",\"V=1.4\"],\"ExposedPorts\":{\"80/tcp\":{},\"8000/udp\":{},"
                                    + "\"8001/udp\":{}},\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"check\"],"
                                    + "\"Interval\":90000000000,\"Retries\":2},\"Labels\":{\"v\":\"1.4\"},"
                                    + "\"OnBuild\":[\"COPY . /\"],\"Shell\":[\"/bin/ash\",\"-c\"],\"StopSignal\":\"SIGINT\","
                                    + "\"User\":\"7:8\",\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/w\"}");
            assertThat(config.history().get(0)).isEqualTo(new ImageConfig.History("ARG V=1.4", true));
            assertThat(config.history())
                    .contains(new ImageConfig.History("WORKDIR /w", false))
                    .hasSize(14);
        }
    }

    @Test
    void carriesOutWhatTheBaseAsksFor() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/onbuild:1", "{\"OnBuild\":[\"COPY one.txt /app/\",\"ENV A=1\"]}");

        try (BuiltImages images = sample.build("FROM ghcr.io/base/onbuild:1")) {
            assertThat(SampleBuild.files(images.images().get(0), 1)).containsKey("app/one.txt");
            assertThat(images.images().get(0).config().json().path("config").has("OnBuild"))
                    .isFalse();
        }
    }

    @Test
    void buildsEqualLayersOnce() throws IOException, InterruptedException {
        BuildRequest one = sample.request("FROM scratch", "ARG TARGETARCH", "COPY dir /d", "ENV A=$TARGETARCH");
        BuildRequest request = new BuildRequest(
                one.context(),
                one.dockerfile(),
                TWO,
                one.target(),
                one.buildPlatform(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.EPOCH);

        try (BuiltImages images = sample.build(request)) {
            BuiltImage amd64 = images.images().get(0);
            BuiltImage arm64 = images.images().get(1);

            assertThat(amd64.layers().get(0)).isSameAs(arm64.layers().get(0));
            assertThat(amd64.config().platform()).hasToString("linux/amd64");
            assertThat(arm64.config().platform()).hasToString("linux/arm64");
        }
    }

    @Test
    void pushesByDigestAndMountsTheBase() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/one:1", "{}", new TarEntry[] {TarEntry.directory("etc", 0755)});
        try (BuiltImages images = sample.build("FROM ghcr.io/base/one:1", "COPY one.txt /")) {
            sample.registry().forgetRequests();

            List<ChildImage> pushed = images.push(APP);

            ImageManifest manifest = images.images().get(0).manifest();
            assertThat(pushed).hasToString("[linux/amd64=ghcr.io/acme/app@" + manifest.digest() + "]");
            assertThat(manifest.layers())
                    .extracting(Descriptor::mediaType)
                    .containsExactly(
                            "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip");
            assertThat(sample.registry().writes())
                    .containsExactlyInAnyOrder(
                            "MOUNT ghcr.io/acme/app " + manifest.layers().get(0).digest(),
                            "PUT-BLOB ghcr.io/acme/app "
                                    + manifest.layers().get(1).digest(),
                            "PUT-BLOB ghcr.io/acme/app " + manifest.config().digest(),
                            "PUT ghcr.io/acme/app " + manifest.digest());
            assertThat(sample.log())
                    .containsExactly("Pushed linux/amd64 as ghcr.io/acme/app@" + manifest.digest() + ".");
            images.push(APP);
            assertThat(sample.log())
                    .endsWith("linux/amd64 stood as ghcr.io/acme/app@" + manifest.digest() + " already.");
        }
    }

    @Test
    void buildsOnAnImageOfALayout() throws IOException, InterruptedException {
        Path layout = folder.resolve("base.tar");
        try (BuiltImages base = sample.build("FROM scratch", "COPY one.txt /base/", "ENV FROM_BASE=yes");
                OciLayoutWriter writer = OciLayoutWriter.archive(layout)) {
            base.write(writer, base.root("1", List.of(), Map.of()), "1");
            writer.finish();
        }
        BuildRequest request = sample.request("FROM base", "COPY --from=more two.txt /base/")
                .withContexts(Map.of(
                        "base", BuildContext.parse("oci-layout://" + layout + ":1"),
                        "more", BuildContext.parse(folder.resolve("context").toString())));

        try (BuiltImages images = sample.build(request);
                OciLayoutWriter writer = OciLayoutWriter.folder(folder.resolve("result"))) {
            images.write(writer, images.root("2", List.of(), Map.of()), "2");
            writer.finish();
            assertThat(SampleBuild.files(images.images().get(0), 2))
                    .containsOnlyKeys("base", "base/one.txt", "base/two.txt");
            assertThat(images.images().get(0).config().json().path("config").path("Env"))
                    .anySatisfy(pair -> assertThat(pair.asText()).isEqualTo("FROM_BASE=yes"));
        }
        try (OciLayout result = OciLayout.open(folder.resolve("result"))) {
            assertThat(result.manifest(result.image("2")).children())
                    .hasSize(3)
                    .allSatisfy(child -> assertThat(result.has(child.digest())).isTrue());
        }
    }

    @Test
    void takesNamedContextsForImages() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/other:1", "{\"User\":\"me\"}");
        BuildRequest request = sample.request("FROM alpine")
                .withContexts(Map.of(
                        "docker.io/library/alpine:latest",
                        new BuildContext.RegistryImage(ImageRef.parse("ghcr.io/base/other:1"))));

        try (BuiltImages images = sample.build(request)) {
            assertThat(images.images()
                            .get(0)
                            .config()
                            .json()
                            .path("config")
                            .path("User")
                            .asText())
                    .isEqualTo("me");
        }
    }

    @Test
    void addsLabelsAnnotationsAndTheTime() throws IOException, InterruptedException {
        BuildRequest request = sample.request("FROM scratch", "LABEL a=old", "COPY one.txt /")
                .withLabels(Map.of("a", "new"))
                .withAnnotations(Map.of("org.opencontainers.image.version", "1.4"))
                .withCreated(Instant.ofEpochSecond(1_700_000_000));

        try (BuiltImages images = sample.build(request)) {
            BuiltImage image = images.images().get(0);

            assertThat(image.config().json().path("config").path("Labels")).hasToString("{\"a\":\"new\"}");
            assertThat(image.config().json().path("created").asText()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(image.manifest().annotations()).containsEntry("org.opencontainers.image.version", "1.4");
        }
    }

    @Test
    void looksOnlyAtStagesThatAreNeeded() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build("FROM nowhere AS a", "RUN make", "FROM scratch", "COPY one.txt /")) {
            assertThat(images.images()).hasSize(1);
        }
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException, InterruptedException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = count(temporary);

        sample.build("FROM scratch", "COPY one.txt /").close();
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY nope /")).isNotNull();

        assertThat(count(temporary)).isEqualTo(before);
    }

    private static long count(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("daemonless"))
                    .count();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    RUN make all | RUN make all needs a container engine, which the daemonless builder does without. Use the builder buildx or buildah, or do it before the build and COPY the result.
                    ADD https://example.com/x / | ADD of an address is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY --parents a / | COPY --parents is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY --chmod=u+x one.txt / | --chmod=u+x is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY nope / | 'nope' is not there, or .dockerignore keeps it out. Check the path; it begins at the context, or at the root of what --from names.
                    COPY away / | 'away' is not there, or .dockerignore keeps it out. Check the path; it begins at the context, or at the root of what --from names.
                    COPY ../x / | '../x' leads out of what is copied from. Copy from a folder above it, for example by a named context.
                    COPY one.txt | COPY needs a source and a destination. Write COPY source destination.
                    COPY one.txt two.txt /x | several sources cannot become the one file '/x'. End the destination with '/'.
                    COPY [a /x/ | '[a' is not a pattern. Close its brackets.
                    COPY one.txt /first/x | '/first' is not a folder, so nothing can be copied into it. Copy to another place.
                    COPY dir /first | the folder 'dir' cannot be copied over '/first', which is no folder. Copy what is in it to where that leads, or to another place.
                    WORKDIR /first | '/first' is not a folder, so nothing can work in it. Name another folder.
                    WORKDIR /first/x | '/first' is not a folder, so nothing can work in it. Name another folder.
                    COPY --chown=me one.txt / | the user 'me' is not in /etc/passwd of the stage. Write its number, or copy /etc/passwd first.
                    COPY --chown=1:us one.txt / | the group 'us' is not in /etc/group of the stage. Write its number, or copy /etc/group first.
                    COPY --from=7 a / | there is no stage 7 before this one. Name an earlier stage.
                    COPY --from=$A a / | --from=$A holds a variable, which Docker does not replace there. Write FROM $A AS name before, and --from=name.
                    ENV A | 'A' in ENV has no value. Write name=value, and quotes around a value with blanks.
                    ENV A=1 B | 'B' in ENV has no value. Write name=value, and quotes around a value with blanks.
                    EXPOSE 99999 | '99999' is not a port. Write 0 to 65535, as in 8080 or 53/udp.
                    USER | USER has no argument. Write one, or take the line out.
                    VOLUME ["a", ""] | a volume is empty. Write its path.
                    SHELL bash | SHELL is not a JSON array. Write it as in SHELL ["/bin/bash", "-c"].
                    HEALTHCHECK x | HEALTHCHECK 'x' is not known. Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.
                    HEALTHCHECK --timeout=5 CMD x | '5' is not a duration. Write it as in --timeout=1m30s.
                    HEALTHCHECK --retries=x CMD x | 'x' is not a number of retries. Write it as in --retries=3.
                    ONBUILD FROM a | ONBUILD FROM is not allowed. Write it without ONBUILD.
                    """)
    void refusesWithTheLine(String instruction, String message) {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY one.txt /first", instruction))
                .hasMessage("Dockerfile line 3: " + message);
    }

    @Test
    void refusesToReplaceAFolderByAFile() {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY dir /d/one.txt", "COPY one.txt /d/"))
                .hasMessage("Dockerfile line 3: '/d/one.txt' is a folder and cannot be replaced by a file."
                        + " Copy to another place.");
    }

    @Test
    void refusesNamesThatDeleteFiles() throws IOException {
        sample.file("w/.wh.x", "");

        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY w /"))
                .hasMessage("Dockerfile line 2: 'w/.wh.x' begins with '.wh.', which in a layer deletes a file."
                        + " Keep it out by .dockerignore, or rename it.");
    }

    @Test
    void refusesCompressionItCannotRead() throws IOException {
        sample.file("a.tar.bz2", "BZh91AY");

        assertThatThrownBy(() -> sample.build("FROM scratch", "ADD a.tar.bz2 /"))
                .hasMessage("Dockerfile line 2: ADD of a file compressed with bzip2 is beyond the daemonless builder."
                        + " Use the builder buildx or buildah.");
    }

    @Test
    void refusesABaseOfAnotherPlatform() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/amd:1", "{}");
        BuildRequest request = sample.request("FROM --platform=linux/arm64 ghcr.io/base/amd:1");

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("ghcr.io/base/amd:1 is not there for linux/arm64, only for linux/amd64."
                        + " Take another base image, or leave that platform out.");
    }

    @Test
    void refusesAnImageThatWouldBeForAnotherPlatform() {
        assertThatThrownBy(() -> sample.build("FROM --platform=linux/s390x scratch"))
                .hasMessage("The image for linux/amd64 would be for linux/s390x, as its FROM has another --platform."
                        + " Take --platform from the FROM of the stage that is built.");
    }

    @Test
    void refusesAVariableThatNamesNoImage() {
        assertThatThrownBy(() -> sample.build("FROM $BASE"))
                .hasMessage("Dockerfile line 1: FROM $BASE names no image once its variables are replaced."
                        + " Declare the variable by ARG before the first FROM, with a default, or give it as a build"
                        + " argument.");
    }

    @Test
    void refusesAFolderAsBase() throws IOException {
        BuildRequest request = sample.request("FROM src")
                .withContexts(Map.of("src", new BuildContext.Folder(folder.resolve("context"))));

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("Dockerfile line 1: the context 'src' is a folder, and a stage begins with an image."
                        + " Write FROM scratch and COPY --from=src . /.");
    }

    @Test
    void saysWhereItLookedForTheDockerfile() {
        BuildRequest request = BuildRequest.of(folder, TWO);

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("There is no Dockerfile at " + folder
                        + "/Dockerfile. Give its path, relative to the context" + " or not.");
    }

    @Test
    void refusesABuildForNothing() {
        assertThatThrownBy(() -> BuildRequest.of(folder, List.of()))
                .hasMessage("No platform was given to build for. Give at least one, as in linux/amd64,linux/arm64.");
    }

    @Test
    void publishesWhatItPushed() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build("FROM scratch", "COPY one.txt /")) {
            List<ChildImage> pushed = images.push(APP);

            PublishedImage published = new IndexAssembly(sample.registry(), line -> {})
                    .publish(new IndexRequest(APP, pushed, List.of(new Tag("1")), List.of(), Map.of()));

            assertThat(published.platforms()).hasSize(1);
        }
    }
}

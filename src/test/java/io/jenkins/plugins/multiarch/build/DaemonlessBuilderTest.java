package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
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

class DaemonlessBuilderTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final List<Platform> TWO = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));
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

    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        sample = SampleBuild.withFiles(folder);
    }

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

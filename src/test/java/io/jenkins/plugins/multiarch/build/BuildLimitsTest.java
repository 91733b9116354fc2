package io.jenkins.plugins.multiarch.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemonless builder does with contexts and base images that are not as they should be. */
class BuildLimitsTest {
    private static final Repository BASE = Repository.parse("ghcr.io/base/odd");

    @TempDir
    private Path folder;

    private Path context;
    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(folder.resolve("c"));
        sample = new SampleBuild(context);
    }

    /** A base of one layer of which the configuration says something. */
    private void base(byte[] layer, long configSize, Digest... diffIds) throws InterruptedException {
        Blob blob = Blob.of(MediaTypes.OCI_LAYER, layer);
        String ids = String.join(
                ",", List.of(diffIds).stream().map(id -> "\"" + id + "\"").toList());
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG,
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"diff_ids\":[" + ids + "]}}")
                        .getBytes(UTF_8));
        sample.registry().push(BASE, blob);
        sample.registry().push(BASE, config);
        Descriptor said = configSize == 0
                ? config.descriptor()
                : Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), configSize);
        put(ImageManifest.of(said, List.of(blob.descriptor()), Map.of()));
    }

    private void put(Manifest manifest) throws InterruptedException {
        sample.registry().put(BASE, new Tag("1"), manifest);
    }

    @Test
    void refusesABaseWhoseLayersAreNotThoseOfItsConfiguration() throws InterruptedException {
        base(new byte[1024], 0);

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/odd:1"))
                .hasMessage("ghcr.io/base/odd:1 has 1 layers, but its configuration names 0."
                        + " Do not use that image; it was put together wrongly or changed.");
    }

    @Test
    void refusesALayerThatUnpacksToSomethingElse() throws IOException, InterruptedException {
        byte[] layer = new byte[1024];
        Digest other = Digest.sha256(new byte[7]);
        base(layer, 0, other);
        sample.file("f", "");

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/odd:1", "COPY f /"))
                .hasMessage("The layer " + Digest.sha256(layer) + " of ghcr.io/base/odd:1 unpacks to "
                        + Digest.sha256(layer) + ", but its image's configuration says " + other
                        + ". Do not use that image; it was put together wrongly or changed.");
    }

    @Test
    void refusesAHugeConfigurationOfABase() throws InterruptedException {
        base(new byte[1024], 9_000_000, Digest.sha256(new byte[1024]));

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/odd:1"))
                .hasMessage("The configuration of ghcr.io/base/odd:1 has 9000000 bytes; we read at most 8388608."
                        + " Take another base image.");
    }

    @Test
    void refusesAnIndexInsideAnIndexAsBase() throws InterruptedException {
        ImageIndex inner = ImageIndex.of(List.of(), Map.of());
        put(inner);
        put(ImageIndex.of(List.of(inner.descriptor().withPlatform(Platform.parse("linux/amd64"))), Map.of()));

        assertThatThrownBy(() -> sample.build("FROM ghcr.io/base/odd:1"))
                .hasMessage("ghcr.io/base/odd:1 leads to an index inside an index."
                        + " Give the digest of the inner one in FROM.");
    }

    @Test
    void refusesAnArchiveThatSaysItIsEndless() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThatThrownBy(() -> new TarWriter(bytes).put(TarEntry.file("f", 0644, 70L << 30)))
                .isInstanceOf(IOException.class);
        Files.write(context.resolve("a.tar"), bytes.toByteArray());

        assertThatThrownBy(() -> sample.build("FROM scratch", "ADD a.tar /"))
                .hasMessage("Dockerfile line 2: 'a.tar' has more than 2000000 entries or 68719476736 bytes."
                        + " Use the builder buildx or buildah.");
    }

    @Test
    void refusesAnArchiveWithALinkToNothing() throws IOException {
        sample.archive("a.tar", TarEntry.hardlink("h", "f"));

        assertThatThrownBy(() -> sample.build("FROM scratch", "ADD a.tar /"))
                .hasMessage("Dockerfile line 2: 'h' in the archive is a link to 'f', which is not there."
                        + " Make the archive again.");
    }

    @Test
    void refusesASocket() throws IOException {
        Path socket = context.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));

            assertThatThrownBy(() -> sample.build("FROM scratch", "COPY . /"))
                    .hasMessage(socket + " is neither a file nor a folder nor a symbolic link."
                            + " Keep it out by .dockerignore.");
        }
    }

    @Test
    void buildsBesideASocketThatIsKeptOut() throws IOException, InterruptedException {
        sample.file(".dockerignore", "s\n.dockerignore\n").file("f", "1");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(context.resolve("s")));

            assertThat(sample.files(1, "FROM scratch", "COPY . /")).containsOnlyKeys("f");
        }
    }

    @Test
    void stopsWhereItIsInterrupted() throws IOException, InterruptedException {
        sample.archive("a.tar", TarEntry.file("f", 0644, 1));
        BuildRequest request = sample.request("FROM scratch", "ADD a.tar /");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> sample.build(request)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void refusesANameThatIsNotUtf8() throws IOException {
        Files.createFile(Path.of(URI.create(context.toUri() + "a%FF")));

        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY . /"))
                .hasMessage("'a\uFFFD' in the context has a name that is not UTF-8."
                        + " Rename it, or keep its folder out by .dockerignore.");
    }

    @Test
    void refusesLinksThatLeadToEachOther() throws IOException {
        sample.link("a", "b").link("b", "a");

        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY a /"))
                .hasMessage("'/a' leads through more than 40 symbolic links. Look for links that lead to each other.");
    }

    @Test
    void refusesAContextThatIsNoFolder() throws IOException {
        BuildRequest request = sample.request("FROM scratch");
        BuildRequest other =
                BuildRequest.of(request.dockerfile(), request.platforms()).withDockerfile(request.dockerfile());

        assertThatThrownBy(() -> sample.build(other))
                .hasMessage("The context " + request.dockerfile() + " is not a folder."
                        + " Give the folder that the Dockerfile copies from.");
    }

    @Test
    void refusesAnEndlessDockerfile() {
        assertThatThrownBy(() -> sample.build("FROM scratch", "#".repeat(1 << 20)))
                .hasMessage("The Dockerfile has more than 1048576 characters. Give a Dockerfile.");
    }

    @Test
    void refusesEndlessRules() throws IOException {
        sample.file(".dockerignore", "#".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> sample.build("FROM scratch"))
                .hasMessage(
                        context.resolve(".dockerignore") + " has more than 1048576 bytes. Write fewer rules into it.");
    }

    @Test
    void findsNamesInEveryLocale() throws IOException, InterruptedException {
        sample.file("ünï/çödé", "x");

        assertThat(sample.files(1, "FROM scratch", "COPY . /")).containsKeys("ünï", "ünï/çödé");
    }
}

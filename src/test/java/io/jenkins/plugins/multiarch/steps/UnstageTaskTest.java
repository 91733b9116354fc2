package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.staging.Origin;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.Staging;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnstageTaskTest {
    private static final String WHERE = "'app' of acme/app #42 (3 days old)";

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private StageRecord record;

    @TempDir
    private Path folder;

    @BeforeEach
    void stage() throws Exception {
        Repository app = Repository.parse("ghcr.io/acme/app");
        SampleImages samples = new SampleImages(registry, app);
        ImageRef image = ImageRef.of(
                app, samples.index(samples.image("linux/arm64", "a")).digest());
        record = new Staging(registry, log::add)
                .stage(
                        "app",
                        new GateSubject.InRegistry(image),
                        List.<Platform>of(),
                        folder.resolve("staged"),
                        new Origin("acme/app", "42", Instant.EPOCH));
    }

    private static UnstageRequest request(
            String archive, String layout, String image, List<String> tags, String load, String platform) {
        return new UnstageRequest(archive, layout, image, new ArrayList<>(tags), load, platform);
    }

    private UnstagedImage unstaged(UnstageRequest request) throws Exception {
        UnstageTask task = new UnstageTask(
                request,
                new HashMap<>(record.documents()),
                WHERE,
                folder.resolve("staged").toString());
        return Serialized.copy(Serialized.copy(task).run(registry, Optional.of(folder), log::add));
    }

    @Test
    void saysWhereTheImageIsNow() throws Exception {
        List<String> none = List.of();

        assertThat(unstaged(request("a.tar", "b", "ghcr.io/mirror/app", List.of("1"), null, null)))
                .hasToString("ghcr.io/mirror/app@" + record.digest())
                .returns(List.of("1"), UnstagedImage::getTags)
                .returns("a.tar", UnstagedImage::getArchive)
                .returns("b", UnstagedImage::getLayout)
                .returns("", UnstagedImage::getLoaded);
        assertThat(unstaged(request("a.tar", "b", null, none, null, null))).hasToString("oci-archive:a.tar");
        assertThat(unstaged(request(null, "b", null, none, null, null))).hasToString("oci:b:app");
        assertThat(unstaged(request(null, null, null, none, "acme/app", "linux/arm64")))
                .hasToString("docker-daemon:acme/app:latest")
                .returns("acme/app:latest", UnstagedImage::getLoaded)
                .returns("app", UnstagedImage::getName)
                .returns(record.digest().toString(), UnstagedImage::getDigest);
    }

    @Test
    void talksToTheRegistryThatItPushesTo() {
        UnstageRequest push = request(null, null, "ghcr.io/acme/app", List.of(), null, null);

        assertThat(new UnstageTask(push, new HashMap<>(), WHERE, "").registries())
                .containsExactly("ghcr.io");
    }

    @Test
    void refusesAFileOutsideTheWorkspace() {
        assertThatThrownBy(() -> unstaged(request("../a.tar", null, null, List.of(), null, null)))
                .hasMessage(
                        "The argument archive names '../a.tar', which is outside the workspace. Name a path inside the"
                                + " workspace, as in build/image.tar.");
    }

    private static void assertRefused(UnstageRequest request, String message) {
        assertThatThrownBy(request::refuseUnclear)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatCannotBeMeant() {
        List<String> none = List.of();

        assertRefused(
                request(null, null, null, none, null, null),
                "unstageImage was not told what to make of the image. Give archive, layout, image or load, or several of"
                        + " them.");
        assertRefused(
                request("a.tar", null, null, List.of("1"), null, null),
                "unstageImage was given tags and no repository. Give it as image, as in ghcr.io/acme/app.");
        assertRefused(
                request("a.tar", null, null, none, null, "linux/arm64"),
                "unstageImage was given a platform and nothing to load. Leave it out; archives and registries get all"
                        + " platforms.");
        String pinned = "acme/app@" + "sha256:" + "0".repeat(64);
        assertRefused(
                request(null, null, null, none, pinned, null),
                "'" + pinned + "' has a digest, and a loaded image is found by its name. Write a name and a tag, as in"
                        + " acme/app:test.");
        assertThatThrownBy(() -> StagedSource.refuseUnlessBuild("last"))
                .hasMessage(
                        "'last' is not a build. Write its number, or lastSuccessful for the last one that succeeded or"
                                + " was unstable.");
    }

    private FetchTask fetch(URL address) {
        return new FetchTask(new HashMap<>(record.documents()), "linux/arm64", WHERE, null, address);
    }

    @Test
    void fetchesAnArchiveFromItsStore() throws Exception {
        byte[] archive = Files.readAllBytes(folder.resolve("staged/linux-arm64.oci.tar"));

        long size = served(200, archive, address -> fetch(address).run(registry, Optional.of(folder), log::add));

        assertThat(size).isEqualTo(archive.length);
        assertThat(folder.resolve("linux-arm64.oci.tar")).hasBinaryContent(archive);
    }

    @Test
    void refusesWhatTheStoreChanged() throws Exception {
        byte[] archive = Files.readAllBytes(folder.resolve("staged/linux-arm64.oci.tar"));
        archive[600] ^= 1;

        assertThatThrownBy(() ->
                        served(200, archive, address -> fetch(address).run(registry, Optional.of(folder), log::add)))
                .hasMessageStartingWith("sha256:"
                        + record.platforms().get(0).file().digest().hex()
                        + " in linux-arm64.oci.tar of the staged image " + WHERE
                        + " has other content, which has the digest sha256:");
    }

    @Test
    void saysWhatTheStoreAnswered() {
        assertThatThrownBy(() -> served(
                        403, new byte[0], address -> fetch(address).run(registry, Optional.of(folder), log::add)))
                .hasMessage(
                        "The store of artifacts at 127.0.0.1 answered 403 for linux-arm64.oci.tar of the staged image "
                                + WHERE
                                + ". Run the step again; if it stays so, look whether the store still has the file.");
    }

    private interface Fetch {
        long from(URL address) throws Exception;
    }

    private static long served(int status, byte[] body, Fetch fetch) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return fetch.from(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a.tar?signature=x")
                            .toURL());
        } finally {
            server.stop(0);
        }
    }
}

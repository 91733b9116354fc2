package io.jenkins.plugins.multiarch.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPushTest {
    private static final String TYPE = "application/vnd.acme.payload.v1";

    @TempDir
    private Path folder;

    private FakeRegistry fake;
    private Registry registry;
    private Repository payload;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        fake = FakeRegistry.start();
        registry = HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        payload = fake.repository("acme/payload");
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/app.tar.gz"), "an archive");
        Files.writeString(folder.resolve("install.sh"), "echo installed");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private List<ArtifactFile> files(String... texts) {
        return List.of(texts).stream()
                .map(ArtifactFile::parse)
                .map(file -> file.in(folder))
                .toList();
    }

    private ArtifactRequest request(Optional<ImageRef> subject, boolean immutable, String... files) {
        return new ArtifactRequest(
                payload, TYPE, files(files), Map.of("a", "b"), subject, List.of(new Tag("1.4.2")), immutable);
    }

    private PushedArtifact push(ArtifactRequest request) throws IOException, InterruptedException {
        return new ArtifactPush(registry, log::add).push(request);
    }

    @Test
    void writesTheManifestOfTheSpecification() throws Exception {
        PushedArtifact pushed =
                push(request(Optional.empty(), false, "build/app.tar.gz:application/gzip", "install.sh"));

        String manifest = new String(
                fake.manifest(
                                "acme/payload",
                                fake.tagged("acme/payload", "1.4.2").orElseThrow())
                        .orElseThrow(),
                StandardCharsets.UTF_8);
        assertThat(manifest)
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"artifactType\":\"application/vnd.acme.payload.v1\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":"
                        + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},"
                        + "\"layers\":[{\"mediaType\":\"application/gzip\",\"digest\":\""
                        + pushed.files().get("build/app.tar.gz").digest()
                        + "\",\"size\":10,\"annotations\":{\"org.opencontainers.image.title\":\"build/app.tar.gz\"}},"
                        + "{\"mediaType\":\"application/octet-stream\",\"digest\":\""
                        + pushed.files().get("install.sh").digest()
                        + "\",\"size\":14,\"annotations\":{\"org.opencontainers.image.title\":\"install.sh\"}}],"
                        + "\"annotations\":{\"a\":\"b\"}}");
        assertThat(pushed.toJson().toString())
                .startsWith("{\"reference\":\"" + pushed.reference() + "\",\"repository\":\"" + payload
                        + "\",\"digest\":\"sha256:")
                .contains("\"artifactType\":\"" + TYPE
                        + "\",\"tags\":[\"1.4.2\"],\"files\":[{\"name\":\"build/app.tar.gz\"");
    }

    @Test
    void saysWhatItIsAbout() throws Exception {
        Manifest image = fake.addImage("acme/payload", "1.0", "linux/amd64");
        ImageRef subject = ImageRef.parse(payload + ":1.0");

        PushedArtifact pushed = push(request(Optional.of(subject), false, "install.sh"));

        assertThat(registry.referrers(payload, image.digest(), TYPE))
                .extracting(found -> found.digest().toString())
                .containsExactly(pushed.reference().reference().toString());
        ImageManifest manifest = (ImageManifest) registry.get(pushed.reference());
        assertThat(manifest.subject().orElseThrow().size()).isEqualTo(image.bytes().length);
    }

    @Test
    void refusesASubjectThatIsElsewhereOrNowhere() {
        assertThatThrownBy(() -> request(Optional.of(ImageRef.parse("ghcr.io/acme/app:1")), false, "install.sh"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The subject ghcr.io/acme/app:1 is not in " + payload
                                + ". Push the artifact into the repository of what it is about; registries list it nowhere else.");
        assertThatThrownBy(() -> push(request(Optional.of(ImageRef.parse(payload + ":none")), false, "install.sh")))
                .hasMessageContaining("does not exist in the registry");
        assertThat(fake.manifests("acme/payload")).isEmpty();
    }

    @Test
    void movesATagOnlyWhereItMay() throws Exception {
        PushedArtifact first = push(request(Optional.empty(), true, "install.sh"));
        ArtifactRequest other = request(Optional.empty(), true, "build/app.tar.gz");
        log.clear();

        assertThatThrownBy(() -> push(other))
                .hasMessage("The tag " + payload + ":1.4.2 leads to another artifact already, "
                        + first.reference().reference() + ". Push under a new version, or allow tags to be moved.");
        assertThat(log).isEmpty();
        PushedArtifact second = push(request(Optional.empty(), false, "build/app.tar.gz"));

        assertThat(log)
                .containsExactly(
                        "Pushed " + second.reference() + ".",
                        "Moved " + payload + ":1.4.2 from " + first.reference().reference() + " to "
                                + second.reference().reference() + ".");
    }

    @Test
    void readsAllFilesBeforeItSendsOne() {
        assertThatThrownBy(() -> push(request(Optional.empty(), false, "install.sh", "build/none")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + folder.resolve("build/none") + "' is no file that could be pushed."
                        + " Check its name and folder; pack a folder into an archive.");
        assertThat(fake.storageRequests()).isEmpty();
    }

    @Test
    void refusesNoFilesTooManyAndTwoOfAName() {
        String[] many = IntStream.rangeClosed(0, 1000).mapToObj(i -> "f" + i).toArray(String[]::new);

        assertThatThrownBy(() -> request(Optional.empty(), false))
                .hasMessage("An artifact of 0 files was asked for."
                        + " Name 1 to 1000 files; pack more of them into an archive.");
        assertThatThrownBy(() -> request(Optional.empty(), false, many))
                .hasMessageStartingWith("An artifact of 1001 files was asked for.");
        assertThatThrownBy(() -> request(Optional.empty(), false, "a", "./a"))
                .hasMessage("Two files of the artifact have the same name."
                        + " Name each once, by different paths below this folder.");
    }

    @Test
    void refusesAManifestThatRegistriesWouldNotTake() {
        ArtifactRequest large = new ArtifactRequest(
                payload,
                TYPE,
                files("install.sh"),
                Map.of("a", "x".repeat(4 << 20)),
                Optional.empty(),
                List.of(),
                false);

        assertThatThrownBy(() -> push(large))
                .isInstanceOf(ReleaseException.class)
                .hasMessageMatching("The manifest of the artifact would have \\d+ bytes, and registries take 4 MiB\\."
                        + " Give fewer or shorter annotations, or fewer files\\.");
        assertThat(fake.storageRequests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "application/", "application/a/b", "application/a b"})
    void refusesWhatIsNoMediaType(String type) {
        assertThatThrownBy(() -> ArtifactFile.requireMediaType(type))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + type + "' is not a media type."
                        + " Write type/subtype, as in application/vnd.acme.payload.v1+json.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", ".."})
    void refusesNamesThatLeadOut(String file) {
        assertThatThrownBy(() -> ArtifactFile.parse(file))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("cannot be the name of a file of an artifact."
                        + " Name a file below this folder, as in build/app.tar, or by its path from the root.");
    }

    @Test
    void readsFilesWithAndWithoutType() {
        assertThat(ArtifactFile.parse("./build/app.tar.gz:application/gzip"))
                .isEqualTo(new ArtifactFile(Path.of("build/app.tar.gz"), "build/app.tar.gz", "application/gzip"));
        assertThat(ArtifactFile.parse("/srv/a:b"))
                .isEqualTo(new ArtifactFile(Path.of("/srv/a:b"), "a:b", ArtifactFile.ANY));
    }

    @Test
    void namesTheTagsThatAreSetWhereAnotherOneIsRefused() {
        fake.on("PUT", "/v2/acme/payload/manifests/stable")
                .always()
                .fail(Fault.status(403).error("DENIED", "no"));
        ArtifactRequest request = new ArtifactRequest(
                payload,
                TYPE,
                files("install.sh"),
                Map.of(),
                Optional.empty(),
                List.of(new Tag("1.4.2"), new Tag("stable"), new Tag("latest")),
                false);

        assertThatThrownBy(() -> push(request))
                .hasMessageStartingWith("Not every tag was set, but " + payload + ":1.4.2: PUT ")
                .hasMessageEndingWith(" Pushing again sets what is left.");

        assertThat(fake.tags("acme/payload")).containsExactly("1.4.2");
    }
}

package io.jenkins.plugins.multiarch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that lie in files and in a daemon, held against the same image in a registry. */
class GateFilesTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();
    private final ObjectNode config = SampleImages.config("linux/amd64", "one", "two");
    private ImageManifest image;

    @TempDir
    private Path folder;

    @BeforeEach
    void pushTheImage() throws InterruptedException {
        image = new SampleImages(registry, APP).image(config, "one", "two");
    }

    @Test
    void findsTheSameImageInALayout() throws Exception {
        writeLayout(folder.resolve("layout"));
        Gate gate = new Gate(registry, log::add);
        GateRecord record = gate.record(inRegistry(), GateMode.MANIFEST, List.of());

        GateVerdict verdict = gate.verify(GateSubject.parse("oci:layout:1.4").in(folder), record);

        assertThat(verdict.isPassed()).isTrue();
    }

    private void writeLayout(Path layout) throws IOException {
        Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        ObjectNode index = Json.object().put("schemaVersion", 2);
        index.putArray("manifests")
                .add(image.descriptor()
                        .withAnnotations(Map.of("org.opencontainers.image.ref.name", "1.4"))
                        .toJson());
        Files.write(layout.resolve("index.json"), Json.write(index));
        Files.write(blobs.resolve(image.digest().hex()), image.bytes());
        Files.write(blobs.resolve(image.config().digest().hex()), Json.write(config));
        Files.writeString(blobs.resolve(image.layers().get(0).digest().hex()), "one");
        Files.writeString(blobs.resolve(image.layers().get(1).digest().hex()), "two");
    }

    @Test
    void findsTheSameImageInADockerArchive() throws Exception {
        Path archive = writeArchive(saved());
        Gate gate = new Gate(registry, log::add);

        for (GateMode mode : List.of(GateMode.CONFIG, GateMode.ROOTFS)) {
            GateRecord record = gate.record(inRegistry(), mode, List.of());
            assertThat(gate.verify(GateSubject.parse("docker-archive:" + archive + ":acme/app:1.4"), record)
                            .isPassed())
                    .isTrue();
        }
    }

    @Test
    void findsTheSameImageInADaemon() throws Exception {
        Gate gate = withDocker("cat '" + writeArchive(saved()) + "'");
        GateRecord record = gate.record(inRegistry(), GateMode.CONFIG, List.of());

        GateVerdict verdict = gate.verify(GateSubject.parse("docker-daemon:acme/app:1.4"), record);

        assertThat(verdict.isPassed()).isTrue();
    }

    @Test
    void asksDockerForTheImageAlone() throws Exception {
        Path asked = folder.resolve("asked");
        Gate gate = withDocker("echo \"$@\" > '" + asked + "'; cat '" + writeArchive(saved()) + "'");

        gate.record(GateSubject.parse("docker-daemon:acme/app:1.4"), GateMode.ROOTFS, List.of());

        assertThat(asked).hasContent("image save acme/app:1.4");
    }

    @Test
    void refusesModeManifestWhereManifestsAreLost() {
        Gate gate = new Gate(registry, log::add);

        assertThatThrownBy(() ->
                        gate.record(GateSubject.parse("docker-daemon:acme/app:1.4"), GateMode.MANIFEST, List.of()))
                .hasMessage(
                        "docker-daemon:acme/app:1.4 has no manifest digest: docker does not keep the one it had in a"
                                + " registry. Gate it by mode config or rootfs, or hand the image over as oci-archive:FILE.");
    }

    @Test
    void repeatsWhatDockerSaysOfAnImageItDoesNotHave() {
        Gate gate = withDocker("echo 'Error: No such image: acme/app:9' >&2; exit 1");

        assertThatThrownBy(() -> gate.record(GateSubject.parse("docker-daemon:acme/app:9"), GateMode.CONFIG, List.of()))
                .hasMessage(
                        "docker-daemon:acme/app:9 could not be read from the docker daemon: 'docker image save' ended"
                                + " with 1, saying: Error: No such image: acme/app:9. Check the name with 'docker image ls', and"
                                + " that the daemon runs and may be used.");
    }

    @Test
    void saysThatThereIsNoDocker() {
        Gate gate = new Gate(registry, log::add, List.of("no-such-docker"));

        assertThatThrownBy(() -> gate.record(GateSubject.parse("docker-daemon:app"), GateMode.CONFIG, List.of()))
                .hasMessage(
                        "docker-daemon:app could not be read: the command 'no-such-docker' cannot be started here."
                                + " Install docker's command line, or give the image as docker-archive:FILE or by its registry.");
    }

    @Test
    void refusesANameThatStandsForSeveralImages() throws Exception {
        Map<String, byte[]> several = saved();
        String one = new String(several.get("manifest.json"), StandardCharsets.UTF_8);
        several.put("manifest.json", bytes(one.substring(0, one.length() - 1) + "," + one.substring(1)));
        Gate gate = withDocker("cat '" + writeArchive(several) + "'");

        assertThatThrownBy(() -> gate.record(GateSubject.parse("docker-daemon:acme/app"), GateMode.CONFIG, List.of()))
                .hasMessage("docker-daemon:acme/app stands for 2 images."
                        + " Add the tag of the one that is meant, or give its image ID.");
    }

    @Test
    void refusesAnArchiveWithoutItsList() throws Exception {
        Map<String, byte[]> saved = saved();
        saved.remove("manifest.json");

        assertRefusedToRead(saved, "no manifest.json");
    }

    /** In which docker finds another image. */
    @Test
    void refusesAListOfNamesThatDifferInCaseAlone() throws Exception {
        Map<String, byte[]> saved = saved();
        saved.put("manifest.json", bytes("[{\"Config\":\"a.json\",\"config\":\"b.json\"}]"));
        Gate gate = withDocker("cat '" + writeArchive(saved) + "'");

        assertThatThrownBy(() -> gate.record(GateSubject.parse("docker-daemon:app"), GateMode.CONFIG, List.of()))
                .hasMessage(
                        "manifest.json of docker-daemon:app is not a JSON object we can use: it has 'config', which"
                                + " some tools read as 'Config' and others pass over. Make it again with the tool that wrote it.");
    }

    @Test
    void refusesAnArchiveWithoutItsConfiguration() throws Exception {
        Map<String, byte[]> saved = saved();
        saved.remove(image.config().digest().hex() + ".json");

        assertRefusedToRead(saved, "no configuration");
    }

    @Test
    void refusesMoreDocumentsThanItHolds() throws Exception {
        Map<String, byte[]> saved = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            byte[] large = new byte[8 << 20];
            large[0] = '{';
            saved.put(i + ".json", large);
        }
        saved.putAll(saved());

        assertRefusedToRead(saved, "more than 32 MiB of documents");
    }

    private void assertRefusedToRead(Map<String, byte[]> saved, String reason) throws IOException {
        Gate gate = withDocker("cat '" + writeArchive(saved) + "'");

        assertThatThrownBy(() -> gate.record(GateSubject.parse("docker-daemon:app"), GateMode.CONFIG, List.of()))
                .hasMessage(
                        "What docker saved of docker-daemon:app has " + reason + ". Save it by hand with 'docker image"
                                + " save' to see what is wrong, or give it as docker-archive:FILE.");
    }

    @Test
    void endsDockerWhenInterrupted() throws Exception {
        Path started = folder.resolve("started");
        Gate gate = withDocker(
                "echo $$ > '" + started + ".new'; mv '" + started + ".new' '" + started + "'; exec sleep 600");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread recording = new Thread(() -> {
            try {
                gate.record(GateSubject.parse("docker-daemon:app"), GateMode.CONFIG, List.of());
            } catch (IOException | InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });

        recording.start();
        while (!Files.exists(started)) {
            Thread.onSpinWait();
        }
        recording.interrupt();
        recording.join();

        ProcessHandle.of(Long.parseLong(Files.readString(started).strip()))
                .ifPresent(docker -> docker.onExit().join());
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    /** What docker 20.10 writes: layers first, the list last. */
    private Map<String, byte[]> saved() {
        String hex = image.config().digest().hex();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("aa/layer.tar", bytes("one"));
        files.put("aa/json", bytes("{\"id\":\"aa\"}"));
        files.put("bb/layer.tar", bytes("two"));
        files.put(hex + ".json", Json.write(config));
        files.put(
                "manifest.json",
                bytes("[{\"Config\":\"" + hex
                        + ".json\",\"RepoTags\":[\"acme/app:1.4\"],\"Layers\":[\"aa/layer.tar\",\"bb/layer.tar\"]}]"));
        return files;
    }

    private Path writeArchive(Map<String, byte[]> files) throws IOException {
        Path archive = folder.resolve("saved.tar");
        try (OutputStream out = Files.newOutputStream(archive);
                TarWriter tar = new TarWriter(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                tar.put(
                        TarEntry.file(file.getKey(), 0644, file.getValue().length),
                        new ByteArrayInputStream(file.getValue()));
            }
        }
        return archive;
    }

    private Gate withDocker(String script) {
        return new Gate(registry, log::add, List.of("/bin/sh", "-c", script, "docker"));
    }

    private GateSubject inRegistry() {
        return new GateSubject.InRegistry(ImageRef.of(APP, image.digest()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

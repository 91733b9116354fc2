package io.jenkins.plugins.multiarch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One image built by docker, held against itself in every place it can lie, and against a second build. */
class GateWithRealToolsTest {
    private final String unique = "gate-" + Long.toString(System.nanoTime(), 36);
    private final Registry registry = HttpRegistry.builder().build();
    private Repository repository;
    private String image;
    private Gate gate;

    @TempDir
    private Path folder;

    @BeforeEach
    void buildAndPush() throws Exception {
        RealTools.require("dockerd", "docker", "registry", "skopeo");
        repository = new Repository(RealTools.registry("registry"), unique + "/app");
        image = repository + ":1.4";
        gate = new Gate(registry, line -> {}, List.of(RealTools.command("docker")));
        Files.writeString(folder.resolve("app"), "one");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nENV MODE=fast\nCOPY app /app\nCMD [\"/app\"]\n");
        build(image);
        docker("push", image);
    }

    @AfterEach
    void removeTheImage() throws Exception {
        if (image != null) {
            docker("image", "rm", "--force", image);
        }
    }

    @Test
    void findsTheImageOfTheDaemonUnchangedInTheRegistryAndInAnArchive() throws Exception {
        docker("save", "-o", folder.resolve("docker.tar").toString(), image);

        GateRecord record = recordedInTheDaemon(GateMode.CONFIG);

        assertSame(image, record);
        assertSame("docker-daemon:" + image, record);
        assertSame("docker-archive:docker.tar", record);
    }

    @Test
    void findsTheSameFilesAfterTheImageWasConverted() throws Exception {
        skopeo("docker://" + image, "oci-archive:" + folder.resolve("oci.tar") + ":1.4");

        assertSame("oci-archive:oci.tar:1.4", recordedInTheDaemon(GateMode.ROOTFS));
        assertThat(verdict("oci-archive:oci.tar:1.4", recordedInTheDaemon(GateMode.CONFIG))
                        .causes())
                .containsExactly(Cause.TIMES);
    }

    private GateRecord recordedInTheDaemon(GateMode mode) throws IOException, InterruptedException {
        return gate.record(GateSubject.parse("docker-daemon:" + image), mode, List.of(Platform.parse("linux/amd64")));
    }

    private void assertSame(String place, GateRecord record) throws IOException, InterruptedException {
        assertThat(verdict(place, record).differences()).as(place).isEmpty();
    }

    private GateVerdict verdict(String place, GateRecord record) throws IOException, InterruptedException {
        return gate.verify(GateSubject.parse(place).in(folder), record);
    }

    @Test
    void hasTheFingerprintsThatDockerPrints() throws Exception {
        GateRecord record = gate.record(GateSubject.parse(image), GateMode.ROOTFS, List.of());

        Fingerprint taken = record.platforms().get(0);
        assertThat(docker("image", "inspect", "--format", "{{.Id}}", image).strip())
                .isEqualTo(taken.imageId().toString());
        assertThat(RealTools.run(
                                "/bin/sh",
                                "-c",
                                RealTools.command("docker") + " image inspect --format '{{json .RootFS.Layers}}' "
                                        + image + " | sha256sum")
                        .substring(0, 64))
                .isEqualTo(taken.in(GateMode.ROOTFS).hex());
    }

    @Test
    void explainsASecondBuild() throws Exception {
        GateRecord record = gate.record(GateSubject.parse(image), GateMode.MANIFEST, List.of());
        Files.writeString(folder.resolve("app"), "two");
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nENV MODE=slow\nCOPY app /app\nCMD [\"/app\"]\n");
        build(image);
        docker("push", image);

        GateVerdict verdict = gate.verify(GateSubject.parse(image), record);

        assertThat(verdict.differences())
                .extracting(Difference::text)
                .anyMatch(text -> text.startsWith("layer 1 of 1 is the first that differs: "))
                .contains("ENV MODE is 'slow' instead of 'fast'");
        assertThat(verdict.causes()).isNotEmpty();
    }

    private void build(String name) throws IOException, InterruptedException {
        docker("build", "--no-cache", "-t", name, folder.toString());
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = RealTools.command("docker");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return RealTools.run(command);
    }

    private static void skopeo(String from, String to) throws IOException, InterruptedException {
        RealTools.run(RealTools.command("skopeo"), "copy", "--src-tls-verify=false", from, to);
    }
}

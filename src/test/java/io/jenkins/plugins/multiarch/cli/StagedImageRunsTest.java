package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A staged image in the hands of docker and skopeo. */
class StagedImageRunsTest {
    private final String unique = "staged-" + UUID.randomUUID();
    private String docker;
    private String digest;

    @TempDir
    private Path folder;

    @BeforeEach
    void stage() throws IOException, InterruptedException {
        RealTools.require("docker", "dockerd", "skopeo", "registry");
        docker = RealTools.command("docker");
        String built = "oci-archive:" + folder.resolve("built.tar");
        run("build", "--platforms", "linux/amd64,linux/arm64", "--context", "src/demo", "--output", built);
        digest = run("stage", built, folder.resolve("app").toString());
    }

    @AfterEach
    void removeTheImage() throws IOException, InterruptedException {
        if (docker != null) {
            RealTools.run(docker, "image", "rm", "--force", unique + ":test");
        }
    }

    private String run(String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.merge("PATH", Path.of(docker).getParent() + ":", (path, first) -> first + path);
        CommandLineRun run = CommandLineRun.with(environment, arguments);
        assertThat(run.code()).as(run.err()).isZero();
        return run.out().strip();
    }

    private String unstage(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "unstage";
        all[1] = folder.resolve("app").toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(all);
    }

    @Test
    void runsOnBothPlatformsInADaemonThatReadsNoOciArchive() throws IOException, InterruptedException {
        RealTools.require("arm64");
        for (String platform : new String[] {"linux/amd64", "linux/arm64"}) {
            unstage("--load", unique + ":test", "--platform", platform);

            String said =
                    RealTools.run(docker, "run", "--rm", "--network", "none", "--platform", platform, unique + ":test");

            assertThat(said).startsWith(platform + " says: Hello!");
        }
    }

    @Test
    void keepsTheImageIdOnItsWayThroughTheDaemon() throws IOException, InterruptedException {
        unstage("--load", unique + ":test", "--platform", "linux/amd64");
        String id = RealTools.run(docker, "image", "inspect", "--format", "{{.Id}}", unique + ":test");

        run(
                "stage",
                "docker-daemon:" + unique + ":test",
                folder.resolve("again").toString());

        String config = RealTools.run(
                "skopeo", "inspect", "--raw", "oci-archive:" + folder.resolve("again/linux-amd64.oci.tar"));
        assertThat(config)
                .contains("\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + id.strip() + "\"");
    }

    @Test
    void isCopiedBySkopeoUnderTheSameDigest() throws IOException, InterruptedException {
        Path archive = folder.resolve("image.tar");
        unstage("--archive", archive.toString());
        String target = "docker://" + RealTools.registry("registry") + "/" + unique;

        RealTools.run("skopeo", "copy", "--all", "--dest-tls-verify=false", "oci-archive:" + archive, target + ":1");
        RealTools.run(
                "skopeo",
                "copy",
                "--dest-tls-verify=false",
                "oci-archive:" + folder.resolve("app/linux-arm64.oci.tar"),
                target + ":arm64");

        String format = "{{.Digest}}";
        assertThat(RealTools.run("skopeo", "inspect", "--tls-verify=false", "--format", format, target + ":1")
                        .strip())
                .isEqualTo(digest);
        assertThat(RealTools.run("skopeo", "inspect", "--tls-verify=false", "--raw", target + ":1"))
                .contains(RealTools.run(
                                "skopeo",
                                "inspect",
                                "--override-arch",
                                "arm64",
                                "--tls-verify=false",
                                "--format",
                                format,
                                target + ":arm64")
                        .strip());
        assertThat(unstage("--image", RealTools.registry("registry") + "/" + unique + "-pushed", "--tags", "1"))
                .endsWith("@" + digest);
    }
}

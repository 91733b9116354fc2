package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's release in a real registry, seen by tools of others. */
class DemoImageRunsTest {

    @TempDir
    private Path folder;

    @Test
    void runsInDockerOnBothProcessors() throws IOException, InterruptedException {
        RealTools.require("docker", "dockerd", "arm64");
        JsonNode release = demo();

        for (JsonNode platform : release.at("/image/platforms")) {
            String name = platform.path("platform").asText();
            String said = RealTools.run(
                    RealTools.command("docker"),
                    "run",
                    "--rm",
                    "--network",
                    "none",
                    "--platform",
                    name,
                    release.at("/image/repository").asText() + "@"
                            + platform.path("digest").asText());
            assertThat(said).isEqualTo(name + " says: Hello! This is release 1.0.\n");
        }
    }

    @Test
    void standsTheCheckBySkopeoAndOras() throws IOException, InterruptedException {
        RealTools.require("skopeo", "oras");
        JsonNode release = demo();

        String said = RealTools.run(
                "env",
                "PATH=" + Path.of(RealTools.command("oras")).getParent() + ":" + System.getenv("PATH"),
                folder.resolve("verify.sh").toString());

        String digest = release.at("/image/digest").asText();
        String other = release.at("/channels/dev").asText();
        String referrer = release.at("/referrer/digest").asText();
        assertThat(said).isEqualTo("""
                        ok       archive %s
                        ok       index %s
                        ok       linux/amd64 %s
                        ok       linux/arm64 %s
                        ok       tag 1.0 %s
                        ok       channel dev %s
                        ok       channel prod %s
                        ok       copy %s
                        ok       referrer %s in %s
                        ok       referrer %s in %s
                        """.formatted(
                        digest,
                        digest,
                        release.at("/image/platforms/0/digest").asText(),
                        release.at("/image/platforms/1/digest").asText(),
                        digest,
                        other,
                        digest,
                        digest,
                        referrer,
                        release.at("/image/repository").asText(),
                        referrer,
                        release.at("/copy/repository").asText()));
    }

    private JsonNode demo() throws IOException {
        CommandLineRun run =
                CommandLineRun.of("demo", "--registry", RealTools.registry("registry"), "--out", folder.toString());
        assertThat(run.code()).as(run.err()).isZero();
        return Json.read(Files.readAllBytes(folder.resolve("release.json")), "The release record");
    }
}

package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with the builders of the machine. */
class BuildVerbWithRealToolsTest {
    @TempDir
    private Path context;

    @Test
    void buildsTwoPlatformsThatRunCommands() throws IOException, InterruptedException {
        RealTools.require("buildah", "arm64", "base-amd64", "base-arm64", "registry", "skopeo");
        String base = System.getenv("ENGINES_BASE_ARM64");
        for (String arch : new String[] {"amd64", "arm64"}) {
            Files.copy(Path.of(base.replace("arm64", arch)), context.resolve("root-" + arch + ".tar"));
        }
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM scratch\nARG TARGETARCH\nADD root-$TARGETARCH.tar /\nRUN uname -m > /arch\n");
        String image = RealTools.registry("registry") + "/cli/" + UUID.randomUUID();
        Map<String, String> environment = new HashMap<>(System.getenv());

        CommandLineRun run = CommandLineRun.with(
                environment,
                "build",
                "--builder",
                "buildah",
                "--emulate",
                "--image",
                image,
                "--platforms",
                "linux/amd64,linux/arm64",
                "--context",
                context.toString(),
                "--tags",
                "1",
                "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Building linux/arm64 by buildah", "emulated");
        JsonNode result = Json.read(run.bytes(), "The result");
        String raw = RealTools.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + image + ":1");
        JsonNode index = Json.read(raw.getBytes(StandardCharsets.UTF_8), "The index");
        assertThat(index.at("/manifests/1/platform/architecture").asText()).isEqualTo("arm64");
        assertThat(index.at("/manifests/1/digest").asText())
                .isEqualTo(result.at("/platforms/1/digest").asText());
    }
}

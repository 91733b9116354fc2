package io.jenkins.plugins.multiarch.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPushWithOrasTest {
    @TempDir
    private Path folder;

    @Test
    void orasPullsTheSameFiles() throws Exception {
        RealTools.require("oras", "registry");
        String oras = RealTools.command("oras");
        String address = RealTools.registry("registry");
        Repository payload = Repository.parse(address + "/artifact-" + UUID.randomUUID() + "/payload");
        Path sources = Files.createDirectories(folder.resolve("sources/build"));
        byte[] large = new byte[3 << 20];
        new java.util.Random(7).nextBytes(large);
        Files.write(sources.resolve("app.tar.gz"), large);
        Files.writeString(sources.resolve("install.sh"), "echo installed");
        ArtifactRequest request = new ArtifactRequest(
                payload,
                "application/vnd.acme.payload.v1",
                List.of(
                        ArtifactFile.parse("build/app.tar.gz:application/gzip").in(folder.resolve("sources")),
                        ArtifactFile.parse("build/install.sh:application/vnd.acme.installer.v1+sh")
                                .in(folder.resolve("sources"))),
                Map.of(),
                Optional.empty(),
                List.of(new Tag("1.4.2")),
                false);

        PushedArtifact pushed = new ArtifactPush(
                        HttpRegistry.builder().plainHttp(Set.of(address)).build(), line -> {})
                .push(request);

        Path pulled = folder.resolve("pulled");
        RealTools.run(
                oras,
                "pull",
                "--plain-http",
                "-o",
                pulled.toString(),
                pushed.reference().toString());
        assertThat(pulled.resolve("build/app.tar.gz")).hasBinaryContent(large);
        assertThat(pulled.resolve("build/install.sh")).hasContent("echo installed");
        assertThat(RealTools.run(oras, "manifest", "fetch", "--plain-http", payload + ":1.4.2"))
                .contains("application/vnd.acme.installer.v1+sh");
    }
}

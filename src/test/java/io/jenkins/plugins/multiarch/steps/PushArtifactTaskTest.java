package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushArtifactTaskTest {
    @TempDir
    private Path folder;

    private static PushArtifactTask ofFiles(String repository, String... files) {
        return new PushArtifactTask(
                repository,
                "application/vnd.acme.payload.v1",
                new ArrayList<>(List.of(files)),
                new ArrayList<>(List.of("a=b")),
                null,
                new ArrayList<>(List.of("1.4.2")),
                null,
                null,
                false);
    }

    private static PushArtifactTask ofChart(String chart, String version, String... tags) {
        return new PushArtifactTask(
                "ghcr.io/acme/charts/app",
                null,
                new ArrayList<>(),
                new ArrayList<>(),
                null,
                new ArrayList<>(List.of(tags)),
                chart,
                version,
                false);
    }

    @Test
    void pushesFilesOfTheWorkspace() throws Exception {
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("build/install.sh"), "echo installed");
        try (FakeRegistry registry = FakeRegistry.start()) {
            PushArtifactTask task =
                    Serialized.copy(ofFiles(registry.repository("acme/payload").toString(), "build/install.sh"));

            UploadedArtifact pushed = Serialized.copy(task.run(
                    HttpRegistry.builder().plainHttp(Set.of(registry.address())).build(),
                    Optional.of(folder),
                    line -> {}));

            assertThat(task.registries()).containsExactly(registry.address());
            assertThat(pushed.getReference()).isEqualTo(pushed.getRepository() + "@" + pushed.getDigest());
            assertThat(pushed).hasToString(pushed.getReference());
            assertThat(pushed.getArtifactType()).isEqualTo("application/vnd.acme.payload.v1");
            assertThat(pushed.getTags()).containsExactly("1.4.2");
            assertThat(pushed.getFiles().get(0))
                    .containsEntry("name", "build/install.sh")
                    .containsEntry("mediaType", "application/octet-stream")
                    .containsEntry("size", 14L);
        }
    }

    @Test
    void takesNoFileFromOutsideTheWorkspace() throws Exception {
        Path outside = Files.writeString(folder.resolve("secret"), "secret");
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.createSymbolicLink(workspace.resolve("link"), outside);

        for (PushArtifactTask task :
                List.of(ofFiles("a.b/c", outside.toString()), ofFiles("a.b/c", "link"), ofChart("../secret", null))) {
            assertThatThrownBy(() -> task.run(HttpRegistry.builder().build(), Optional.of(workspace), line -> {}))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageContaining("which is outside the workspace.");
        }
        assertThatThrownBy(
                        () -> ofFiles("a.b/c", "a").run(HttpRegistry.builder().build(), Optional.empty(), line -> {}))
                .hasMessage("pushArtifact was called outside node, where there are no files."
                        + " Call it inside the node that has the files.");
    }

    @Test
    void tellsFilesFromACharts() {
        assertThatThrownBy(() -> ofChart("app.tgz", null, "1.4.2").registries())
                .isInstanceOf(ReleaseException.class)
                .hasMessage("pushArtifact was given a chart together with what belongs to files."
                        + " Give chart, version and immutableTags alone: a chart has its version as its tag.");
        assertThatThrownBy(() -> ofChart(null, "1.4.2").registries())
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "pushArtifact was given a version, which only charts have. Write it in tags, or give chart.");
        assertThat(ofChart("app.tgz", "1.4.2").registries()).containsExactly("ghcr.io");
    }
}

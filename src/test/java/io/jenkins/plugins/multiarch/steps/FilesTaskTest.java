package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTaskTest {
    @TempDir
    private Path workspace;

    private Map<String, byte[]> read(int limit, String... paths) throws IOException {
        return new FilesTask(new ArrayList<>(List.of(paths)), limit)
                .run(HttpRegistry.builder().build(), Optional.of(workspace), line -> {});
    }

    @Test
    void readsEachFile() throws IOException {
        Files.writeString(workspace.resolve("a.json"), "{}");
        Files.writeString(workspace.resolve("b.json"), "[]");

        Map<String, byte[]> contents = read(2, "a.json", "b.json");

        assertThat(contents).containsOnlyKeys("a.json", "b.json");
        assertThat(contents.get("b.json")).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsNoMoreThanItMay() throws IOException {
        Files.writeString(workspace.resolve("sbom.json"), "{ }");

        assertThatThrownBy(() -> read(2, "sbom.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'sbom.json' has more than the 2 bytes that are taken. Attest the digest of what is so large"
                                + " instead, or make it smaller.");
    }

    @Test
    void takesNoAnswerThatIsNotWhatItAskedFor() {
        FilesTask task = new FilesTask(new ArrayList<>(List.of("sbom.json")), 2);
        String refusal =
                "The agent answered without 'sbom.json', or with more than the 2 bytes of it that are taken. Find out"
                        + " what runs on this agent: ours does neither.";

        assertThatThrownBy(() -> task.checked(Map.of("other.json", new byte[1])))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> task.checked(Map.of("sbom.json", new byte[3])))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refusal);
        assertThat(task.checked(Map.of("sbom.json", new byte[2]))).containsOnlyKeys("sbom.json");
    }

    @Test
    void readsNoMoreOfAllThanFourTimesAsMuch() throws IOException {
        String[] paths = {"a.json", "b.json", "c.json", "d.json", "e.json"};
        for (String path : paths) {
            Files.writeString(workspace.resolve(path), "{}");
        }
        FilesTask task = new FilesTask(new ArrayList<>(List.of(paths)), 2);
        Map<String, byte[]> answer = Arrays.stream(paths).collect(Collectors.toMap(path -> path, path -> new byte[2]));
        String refusal = "The files have more than the 8 bytes together that are taken. Call the step several times,"
                + " each time with some of them.";

        assertThat(read(2, "a.json", "b.json", "c.json", "d.json", "a.json")).hasSize(4);
        assertThatThrownBy(() -> read(2, paths))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refusal);
        assertThatThrownBy(() -> task.checked(answer))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refusal);
    }

    @Test
    void keepsNothingThatItDidNotAskFor() {
        FilesTask task = new FilesTask(new ArrayList<>(List.of("sbom.json")), 2);

        assertThat(task.checked(Map.of("sbom.json", new byte[2], "other.json", new byte[2])))
                .containsOnlyKeys("sbom.json");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> read(2, "sbom.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'sbom.json' is not a file of the workspace. Check its name, and that an earlier stage wrote it"
                                + " on this node.");
    }

    @Test
    void hasToBeInsideNode() {
        FilesTask task = new FilesTask(new ArrayList<>(List.of("sbom.json")), 2);

        assertThatThrownBy(() -> task.run(HttpRegistry.builder().build(), Optional.empty(), line -> {}))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'sbom.json' is a file, and the step was called outside node, where there is none. Call it"
                        + " inside the node that has the file.");
    }

    @Test
    void readsNothingOutsideTheWorkspace() throws IOException {
        Files.createSymbolicLink(workspace.resolve("sbom.json"), Path.of("/etc/hostname"));

        assertThatThrownBy(() -> read(100, "sbom.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("which is outside the workspace");
    }
}

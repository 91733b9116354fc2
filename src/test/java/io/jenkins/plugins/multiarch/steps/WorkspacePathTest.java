package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePathTest {
    @TempDir
    private Path agent;

    private Path workspace;

    @BeforeEach
    void checkOut() throws IOException {
        workspace = Files.createDirectories(agent.resolve("app/build")).getParent();
        Files.createDirectory(agent.resolve("home"));
        Files.createSymbolicLink(workspace.resolve("inside"), Path.of("build"));
        Files.createSymbolicLink(workspace.resolve("outside"), agent.resolve("home"));
        Files.createSymbolicLink(workspace.resolve("nowhere"), agent.resolve("gone"));
    }

    private Path inside(String path) {
        return WorkspacePath.inside(workspace, Path.of(path), "archive", "build/image.tar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image.tar", "build/image.tar", "new/folder/image.tar", "inside/image.tar", "build/../image.tar"
            })
    void mayBeAnywhereInTheWorkspace(String path) {
        assertThat(inside(path)).isEqualTo(workspace.resolve(path).normalize());
    }

    @Test
    void mayGoThroughALinkToTheWorkspaceItself() throws IOException {
        Path link = Files.createSymbolicLink(agent.resolve("link"), workspace);

        assertThat(WorkspacePath.inside(link, Path.of("build"), "layout", "build/image"))
                .isEqualTo(link.resolve("build"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../home/image.tar", "/etc/image.tar", "outside/image.tar", "outside", "nowhere", "nowhere/x"})
    void leadsNowhereElse(String path) {
        assertThatThrownBy(() -> inside(path))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The argument archive names '" + path + "', which is outside the workspace. Name a path inside"
                                + " the workspace, as in build/image.tar.");
    }
}

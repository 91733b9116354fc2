package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCallTest {
    @TempDir
    Path workspace;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @Test
    void givesTheTaskItsWorkspaceAndItsLinesToTheBuild() throws Exception {
        String result = call((where, lines) -> {
                    lines.accept("Moved a tag.");
                    return where.map(Path::toString).orElse("none");
                })
                .invoke(workspace.toFile(), null);

        assertThat(result).isEqualTo(workspace.toString());
        assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("Moved a tag." + System.lineSeparator());
    }

    @Test
    void hasNoWorkspaceOutsideANode() throws Exception {
        assertThat(call((where, lines) -> where.map(Path::toString).orElse("none"))
                        .withoutWorkspace())
                .isEqualTo("none");
    }

    @Test
    void failsTheBuildInTheWordsOfARefusal() {
        assertThatThrownBy(() -> call((where, lines) -> {
                            throw new ReleaseException("It is so.", "Do this.");
                        })
                        .withoutWorkspace())
                .isInstanceOf(AbortException.class)
                .hasMessage("It is so. Do this.");
    }

    @Test
    void saysWhichFileFailed() {
        assertThatThrownBy(() -> call((where, lines) -> {
                            throw new NoSuchFileException("build/gate.json");
                        })
                        .withoutWorkspace())
                .isInstanceOf(AbortException.class)
                .hasMessage(
                        "A file of the step could not be read or written: NoSuchFileException build/gate.json. Check"
                                + " the paths, their rights and the free space, then run the step again.");
    }

    @Test
    void saysWhichPathIsNone() {
        assertThatThrownBy(() -> call((where, lines) -> Path.of("dist/\0.tar").toString())
                        .withoutWorkspace())
                .isInstanceOf(AbortException.class)
                .hasMessage(
                        "'dist/ .tar' cannot be the path of a file here: Nul character not allowed. Name one file of"
                                + " the workspace, as in build/app.tar; there are no patterns.");
    }

    /** Also what fails outside a task, as where a key or a file to sign is read on the controller. */
    @Test
    void hasNoTraceInTheLogForWhatIsNoErrorOfTheProgram() {
        IOException gone = new IOException("gone");

        for (Exception failure : List.of(
                gone,
                new UncheckedIOException(gone),
                new InvalidPathException("a*", "Illegal char"),
                new ReleaseException("It is so.", "Do this."))) {
            assertThat(RegistryCall.refusal(failure)).isPresent();
        }
        assertThat(RegistryCall.refusal(new UncheckedIOException(gone)).orElseThrow())
                .hasMessageStartingWith("A file of the step could not be read or written: IOException gone.");
        assertThat(RegistryCall.refusal(new IllegalStateException("a mistake"))).isEmpty();
    }

    private interface Work {
        String run(Optional<Path> workspace, Consumer<String> log) throws IOException;
    }

    private RegistryCall<String> call(Work work) {
        RegistryTask<String> task = new RegistryTask<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public List<String> registries() {
                return List.of();
            }

            @Override
            public String run(Registry registry, Optional<Path> where, Consumer<String> lines) throws IOException {
                return work.run(where, lines);
            }
        };
        PrintStream console = new PrintStream(new BufferedOutputStream(log), false, StandardCharsets.UTF_8);
        TaskListener listener = () -> console;
        return new RegistryCall<>(task, new RegistryAccess(Map.of(), Set.of(), List.of(), null), listener);
    }
}

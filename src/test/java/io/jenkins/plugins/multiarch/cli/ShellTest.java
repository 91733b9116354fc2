package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    private Shell shell;

    @BeforeEach
    void start(@TempDir Path home) {
        shell = new Shell(new Surroundings(print, print, Map.of(), home, false), List.of("--plain-http", "other:5000"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void showsACommandAFlagALineAndThenWhatItSays() {
        registry.addImage("acme/app", "1.4", "linux/amd64");
        String digest = registry.tagged("acme/app", "1.4").orElseThrow().toString();
        String app = registry.address() + "/acme/app";

        shell.run(List.of("promote", "--images", app + ":1.4", "--tags", "stable"));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("\n   $ multiarch-release promote \\\n       --images " + app
                        + ":1.4 \\\n       --tags stable\n" + "   Added " + app + ":stable at " + digest + ".\n"
                        + "   Left a receipt beside " + app + "@" + digest + ".\n");
    }

    @Test
    void endsWhereARefusalHadToComeAndDidNot() {
        registry.addImage("acme/app", "1.4", "linux/amd64");
        List<String> command = List.of("inspect", registry.address() + "/acme/app:1.4");

        assertThatThrownBy(() -> shell.refused(command))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The demo ended early: 'multiarch-release inspect' should have been refused. Report this with what"
                                + " the demo printed.");
    }
}

package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurroundingsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3, true",
        "/dev/tty, true",
        "/dev/tty1, true",
        "/dev/console, true",
        "/dev/null, false",
        "pipe:[4711], false",
        "build.log, false"
    })
    void seesWhereTheErrorsGo(String target, boolean terminal) throws IOException {
        Path descriptor = Files.createSymbolicLink(folder.resolve("2"), Path.of(target));

        boolean seen = Surroundings.isTerminal(descriptor);
        Files.delete(descriptor);

        assertThat(seen).isEqualTo(terminal);
    }

    @Test
    void trustsTheConsoleWhereTheSystemDoesNotTell() {
        assertThat(Surroundings.isTerminal(folder.resolve("none"))).isTrue();
    }
}

package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Commands.Answer sh(String script, Duration limit) throws IOException, InterruptedException {
        return new LocalCommands(folder, Map.of("PATH", "/usr/bin:/bin", "WORD", "hello"))
                .run(List.of("sh", "-c", script), limit);
    }

    @Test
    void givesWhatACommandSaid() throws IOException, InterruptedException {
        Commands.Answer answer = sh("echo $WORD; pwd >&2; exit 3", LONG);

        assertThat(answer).isEqualTo(new Commands.Answer(3, "hello\n", folder.toRealPath() + "\n"));
    }

    @Test
    void readsAllAndKeepsTheBeginning() throws IOException, InterruptedException {
        Commands.Answer answer = sh("head -c 3000000 /dev/zero; echo end >&2", LONG);

        assertThat(answer.output()).hasSize(Commands.MAX_OUTPUT);
        assertThat(answer.errors()).isEqualTo("end\n");
    }

    @Test
    void endsWhatTakesTooLong() throws IOException, InterruptedException {
        assertThat(sh("sleep 600; echo late", Duration.ofMillis(50)).status()).isNotZero();
    }

    @Test
    void givesWhatWasSaidWhereAProcessLeftBehindKeepsTheOutputOpen() throws IOException, InterruptedException {
        Commands.Answer answer = sh("sleep 600 & echo $!", LONG);

        long left = Long.parseLong(answer.output().strip());
        assertThat(ProcessHandle.of(left)).hasValueSatisfying(ProcessHandle::destroy);
        assertThat(answer.status()).isZero();
    }

    @Test
    void saysWhatCannotBeStarted() {
        assertThatThrownBy(() -> new LocalCommands(folder, Map.of()).run(List.of("no-such-command"), LONG))
                .isInstanceOf(IOException.class);
    }
}

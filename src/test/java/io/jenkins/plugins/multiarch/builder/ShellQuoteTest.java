package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellQuoteTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "two words",
                "it's",
                "'",
                "\"double\"",
                "$HOME ${X} $(id)",
                "`id`",
                "a\\b\\",
                "line\nline\n\nend",
                "-x",
                "--flag=value",
                "~root",
                "a;b&c|d<e>f",
                "*?[x]{a,b}",
                "#no comment",
                "!history",
                "tab\tand\rreturn",
                "ünï → 漢字",
                "X=1"
            })
    void aShellTakesEveryTextAsItIs(String text) throws IOException, InterruptedException {
        LocalCommands commands = new LocalCommands(Path.of("."), Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C"));

        Commands.Answer answer =
                commands.run(List.of("sh", "-c", "printf '%s.' " + ShellQuote.of(text)), Duration.ofSeconds(20));

        assertThat(answer.output()).isEqualTo(text + ".");
    }

    @Test
    void leavesPlainTextsReadable() {
        assertThat(ShellQuote.of("ghcr.io/acme/app@sha256:1-2_3=4,5%+")).doesNotContain("'");
    }

    @Test
    void keepsPathsFromBeingFlags() {
        assertThat(ShellQuote.path("-x y")).isEqualTo("'./-x y'");
        assertThat(ShellQuote.path("x")).isEqualTo("x");
    }

    @Test
    void refusesWhatNoProgramCanBeGiven() {
        assertThatThrownBy(() -> ShellQuote.of("a\0b"))
                .hasMessage(
                        "An argument of the build holds the character NUL, which no program can be given. Take it out.");
    }
}

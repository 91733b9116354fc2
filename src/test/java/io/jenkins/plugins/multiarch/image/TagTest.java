package io.jenkins.plugins.multiarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {

    @ParameterizedTest
    @ValueSource(strings = {"latest", "1.4.2", "_", "V1", "sha256-44136fa3.sig", "a..b--c__d"})
    void readsATag(String text) {
        assertThat(Tag.parse("  " + text + " ")).hasToString(text);
    }

    @Test
    void isAtMost128CharactersLong() {
        assertThat(Tag.parse("x".repeat(128)).name()).hasSize(128);
        assertThatThrownBy(() -> Tag.parse("x".repeat(129)))
                .hasMessageStartingWith("'" + "x".repeat(120) + "…' is not a tag. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".1", "-1", "1.4+build", "a/b", "a:b", "ä", "a b"})
    void saysHowToWriteATag(String text) {
        assertThatThrownBy(() -> Tag.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is not a tag. Write 1 to 128 letters, digits, '_', '.' or '-',"
                        + " not starting with '.' or '-', as in 1.4.2.");
    }

    @Test
    void takesNoLineBreakAtTheEnd() {
        assertThatThrownBy(() -> new Tag("1.4\n")).isInstanceOf(ReleaseException.class);
    }

    @Test
    void readsSeveralEachOnce() {
        assertThat(Tag.parseAll(List.of("1.4", " latest", "1.4"))).containsExactly(new Tag("1.4"), Tag.LATEST);
    }
}

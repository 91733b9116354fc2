package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordsTest {
    private static final Instruction LINE = new Instruction(7, "ENV", List.of(), "", List.of());
    private static final ShellWords WORDS = new ShellWords('\\', Map.of("X", "val", "EMPTY", "", "N", "a b"), LINE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    plain              | plain
                    $X                 | val
                    ${X}y              | valy
                    $X$X-$Xy           | valval-
                    a$NOPE.b           | a.b
                    ${NOPE:-d}         | d
                    ${EMPTY:-d}        | d
                    ${EMPTY-d}         |
                    ${NOPE-$X}         | val
                    ${X:-d}            | val
                    ${X:+alt}          | alt
                    ${EMPTY:+alt}      |
                    ${EMPTY+alt}       | alt
                    ${NOPE:-${Q:-in}}  | in
                    ${X:?must}         | val
                    '$X'               | $X
                    "$X"               | val
                    "a\\"b\\$X\\n"     | a"b$X\\n
                    \\$X               | $X
                    a\\ b              | a b
                    'a b'"c d"         | a bc d
                    cost$              | cost$
                    """)
    void expandsAsTheShellDoes(String word, String expanded) {
        assertThat(WORDS.expand(word.strip())).isEqualTo(expanded == null ? "" : expanded.strip());
    }

    @Test
    void partsWordsAtBlanksThatAreNotQuoted() {
        assertThat(WORDS.split("a=\"b c\"  d='e f' g\\ h")).containsExactly("a=\"b c\"", "d='e f'", "g\\ h");
        assertThat(WORDS.expandAll("$N \"$N\" c")).containsExactly("a", "b", "a b", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    'a          | Dockerfile line 7: ''' has no end in ENV. Close it.
                    "a          | Dockerfile line 7: '"' has no end in ENV. Close it.
                    ${X         | Dockerfile line 7: '${' has no end in ENV. Close it.
                    ${NOPE:?no} | Dockerfile line 7: NOPE is not set: no. Give it as a build argument or by ENV.
                    ${X%l}      | Dockerfile line 7: ${X%…} is beyond the daemonless builder. Use the builder buildx or buildah.
                    """)
    void refusesWhatItCannotExpand(String word, String message) {
        assertThatThrownBy(() -> WORDS.expand(word.strip())).hasMessage(message);
    }
}

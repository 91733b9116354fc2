package io.jenkins.plugins.multiarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {

    @Test
    void findsGroups() {
        assertThat(BoundedPattern.compile("v(\\d+)\\.(\\d+)", 0).find("release v1.42 of it"))
                .hasValueSatisfying(match -> assertThat(match.group(2)).isEqualTo("42"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a*)*)*$", "(.*a){20}$", "(a+a+)+(a+a+)+c"})
    void refusesWhatWouldNotEnd(String pattern) {
        assertThat(refusal(() -> BoundedPattern.compile(pattern, 0).find("a".repeat(900) + "b")))
                .isEqualTo("The regular expression '" + pattern + "' takes too long to be looked for."
                        + " Write a simpler one, or a longer fixed beginning.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?:){2000000000}", "((?:){1000}){1000}", "^{99999}"})
    void refusesToRepeatNothingForEver(String pattern) {
        assertThat(refusal(() -> BoundedPattern.compile(pattern, 0))).contains("takes too long");
    }

    @Test
    void refusesPatternsOfMoreThan500Characters() {
        assertThat(refusal(() -> BoundedPattern.compile("a".repeat(501), 0))).contains("takes too long");
    }

    @Test
    void findsNothingInLinesLongerThanAnyHonestOne() {
        assertThat(BoundedPattern.compile("a", 0).find("a".repeat(1_001))).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThat(refusal(() -> BoundedPattern.compile("v(\\d", 0)))
                .isEqualTo("The regular expression 'v(\\d' cannot be read: Unclosed group."
                        + " Write it as Java does, with one backslash, as in v(\\d+\\.\\d+).");
    }

    private static String refusal(ThrowingCallable refused) {
        return catchThrowableOfType(ReleaseException.class, refused).getMessage();
    }
}

package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a:pull,push\"",
                "bearer scope=\"repository:a:pull,push\", realm=\"https://auth.example/token\", service=registry",
                "BEARER  Realm = \"https://auth.example/token\" , service=\"registry\",SCOPE=\"repository:a:pull,push\""
            })
    void readsParametersInAnyOrderAndSpelling(String header) {
        List<Challenge> challenges = Challenge.parseAll(List.of(header));

        assertThat(challenges)
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry",
                                "scope", "repository:a:pull,push")));
    }

    @Test
    void tellsSeveralChallengesOfOneHeaderApart() {
        List<Challenge> challenges =
                Challenge.parseAll(List.of("Negotiate, Basic realm=\"a, b\", Bearer realm=\"https://c/t\""));

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "basic", "bearer");
        assertThat(challenges.get(1).parameter("realm")).isEqualTo("a, b");
        assertThat(challenges.get(2).parameter("realm")).isEqualTo("https://c/t");
    }

    @Test
    void readsOneChallengeFromEachHeader() {
        List<Challenge> challenges = Challenge.parseAll(List.of("Basic realm=x", "Bearer realm=\"https://c/t\""));

        assertThat(challenges).extracting(Challenge::scheme).containsExactly("basic", "bearer");
    }

    @Test
    void unquotesEscapedCharacters() {
        List<Challenge> challenges = Challenge.parseAll(List.of("Basic realm=\"a \\\"quoted\\\" \\\\ name\""));

        assertThat(challenges.get(0).parameter("realm")).isEqualTo("a \"quoted\" \\ name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ",,,", "=", "\"", "\"\"\"", "= = ="})
    void findsNothingInWhatIsNoChallenge(String header) {
        assertThat(Challenge.parseAll(List.of(header))).isEmpty();
    }

    @Test
    void readsAnUnfinishedQuoteToItsEnd() {
        List<Challenge> challenges = Challenge.parseAll(List.of("Bearer realm=\"https://c/t"));

        assertThat(challenges.get(0).parameter("realm")).isEqualTo("https://c/t");
    }

    @Test
    void hasNothingToSayForAParameterThatIsNotThere() {
        assertThat(Challenge.parseAll(List.of("Bearer realm=x")).get(0).parameter("scope"))
                .isEmpty();
    }
}

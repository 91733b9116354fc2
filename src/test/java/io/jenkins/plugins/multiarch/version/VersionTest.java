package io.jenkins.plugins.multiarch.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    /** The example of clause 11 of semver.org, with more around it. */
    @Test
    void ordersAsSemanticVersioningDoes() {
        List<Version> ordered = Stream.of(
                        "0.9.10",
                        "1.0.0-0",
                        "1.0.0-2",
                        "1.0.0-10",
                        "1.0.0--",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.2",
                        "1.0.10",
                        "1.2.0",
                        "2.0.0",
                        "2.1.0",
                        "2.1.1",
                        "10.0.0",
                        "99999999999999999999999.0.0")
                .map(VersionTest::version)
                .toList();
        List<Version> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(shuffled.stream().sorted()).isEqualTo(ordered);
    }

    @Test
    void givesWhatIsSaidOfTheBuildNoRank() {
        assertThat(version("1.4.2+a")).isEqualByComparingTo(version("v1.4.2+b"));
        assertThat(version("1.4.2+a").isHigherThan(version("1.4.2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.2",
                "1.2.3.4",
                "01.2.3",
                "1.2.3-",
                "1.2.3-01",
                "1.2.3-a..b",
                "1.2.3+",
                "1.2.3+a_b",
                "x1.2.3",
                "1.2.x",
                "",
                "1.2.3 4",
                "-1.2.3",
                "1.2.3-ä"
            })
    void takesNothingElseForAVersion(String text) {
        assertThat(Version.read(text)).isEmpty();
    }

    @Test
    void isReadWithOrWithoutAV() {
        assertThat(version("v1.4.2-rc.1+x")).hasToString("1.4.2-rc.1");
        assertThat(version("v1.4.2").part("raw")).contains("v1.4.2");
        assertThat(version("1.4.2").part("prerelease")).isEmpty();
        assertThat(version("1.4.2-rc.1").isPrerelease()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2026.01.05, 2026.1.5", "v0.00.010-rc.1, 0.0.10-rc.1", "1.4.2, 1.4.2"})
    void mayBePaddedWhereThatIsAllowed(String written, String read) {
        assertThat(Version.readPadded(written)).hasToString("Optional[" + read + "]");
    }

    @Test
    void isNoVersionForItsPaddingAlone() {
        assertThat(Version.readPadded("01.2")).isEmpty();
        assertThat(Version.readPadded("1.2.3-01")).isEmpty();
    }

    @Test
    void readsNothingLongerThan256Characters() {
        assertThat(Version.read("1.0.0-" + "a".repeat(251))).isEmpty();
        assertThat(Version.read("1.0.0-" + "a".repeat(250))).isPresent();
    }

    @Test
    void isOfOneOfTwoSchemes() {
        assertThat(VersionScheme.parse("pep440")).isEqualTo(VersionScheme.PEP440);
        assertThatThrownBy(() -> VersionScheme.parse("calver"))
                .hasMessage("'calver' is not a scheme of versions. Write semver or pep440.");
    }

    private static Version version(String text) {
        return Version.read(text).orElseThrow();
    }
}

package io.jenkins.plugins.multiarch.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonVersionTest {

    @ParameterizedTest
    @CsvSource({
        "v1.4.2, 1.4.2",
        "1.4.2-RC.1, 1.4.2rc1",
        "1.4alpha, 1.4a0",
        "1.4_beta_2, 1.4b2",
        "1.4c3, 1.4rc3",
        "1.4.preview3, 1.4rc3",
        "1.4-3, 1.4.post3",
        "1.4.rev3, 1.4.post3",
        "1.4r, 1.4.post0",
        "1.4dev, 1.4.dev0",
        "2!1.04, 2!1.4",
        "1.4+Ubuntu-1, 1.4+ubuntu.1",
        "1.4a1.post2.dev3, 1.4a1.post2.dev3"
    })
    void hasOneNormalSpelling(String written, String normal) {
        assertThat(version(written)).hasToString(normal);
    }

    /** As in the section "Summary of permitted suffixes and relative ordering" of PEP 440, with more around it. */
    @Test
    void ordersAsPythonDoes() {
        List<PythonVersion> ordered = Stream.of(
                        "0.9",
                        "1.0.dev456",
                        "1.0a1",
                        "1.0a2.dev456",
                        "1.0a12.dev456",
                        "1.0a12",
                        "1.0b1.dev456",
                        "1.0b2",
                        "1.0b2.post345.dev456",
                        "1.0b2.post345",
                        "1.0rc1.dev456",
                        "1.0rc1",
                        "1.0",
                        "1.0+abc.5",
                        "1.0+abc.7",
                        "1.0+5",
                        "1.0.post456.dev34",
                        "1.0.post456",
                        "1.0.15",
                        "1.1.dev1",
                        "1!0.1")
                .map(PythonVersionTest::version)
                .toList();
        List<PythonVersion> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(shuffled.stream().sorted()).isEqualTo(ordered);
    }

    @Test
    void takesTrailingZerosForNothing() {
        assertThat(version("1.4")).isEqualByComparingTo(version("1.4.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spring", "1.4.x", "1.4-rc-x", "1.4+", "1.4 2", "1..4"})
    void takesNothingElseForAVersion(String text) {
        assertThat(PythonVersion.read(text)).isEmpty();
    }

    @Test
    void isPlainWithNumbersOnly() {
        assertThat(version("1.4").isPlain()).isTrue();
        assertThat(version("1.4.post1").isPlain()).isFalse();
        assertThat(version("1.4.post1").isPrerelease()).isFalse();
        assertThat(version("1.4.dev1").isPrerelease()).isTrue();
    }

    @Test
    void isNotComparedWithOtherSchemes() {
        assertThat(version("2.0").isHigherThan(Version.read("1.0.0").orElseThrow()))
                .isFalse();
        assertThat(Version.read("2.0.0").orElseThrow().isHigherThan(version("1.0")))
                .isFalse();
    }

    private static PythonVersion version(String text) {
        return PythonVersion.read(text).orElseThrow();
    }
}

package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    private static final String EMPTY = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final String HELP =
            " Write the algorithm and its lower-case hexadecimal digits, as in " + EMPTY + ".";

    @Test
    void isTheHashOfTheContent() {
        Digest digest = Digest.sha256("{}".getBytes(UTF_8));

        assertThat(digest).hasToString(EMPTY).isEqualTo(Digest.parse(" " + EMPTY + "\n"));
        assertThat(digest.abbreviated()).isEqualTo("sha256:44136fa355b3");
        assertThat(EmptyBlob.DESCRIPTOR.digest()).isEqualTo(digest);
    }

    @Test
    void knowsSha512() {
        Digest digest = Digest.parse("sha512:27c74670adb75075fad058d5ceaf7b20c4e7786c83bae8a32f626f9782af34c9"
                + "a33c2046ef60fd2a7878d378e29fec851806bbd9a67878f3a9f1cda4830763fd");

        assertThat(digest.matches("{}".getBytes(UTF_8))).isTrue();
        assertThat(digest.matches("{ }".getBytes(UTF_8))).isFalse();
        assertThat(digest.hex()).hasSize(128);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "44136fa3|it has no ':'",
                "''|it has no ':'",
                "md5:44136fa3|only sha256 and sha512 are known",
                "SHA256:44136fa3|only sha256 and sha512 are known",
                "sha256:44136fa3|sha256 has 64 digits, this has 8",
                "sha256:|sha256 has 64 digits, this has 0",
                "sha512:44136fa3|sha512 has 128 digits, this has 8",
                "sha256:44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A"
                        + "|it has characters other than 0-9 and a-f",
                "sha256:../../../../../../../../../../../../../../../../../../../../../x"
                        + "|it has characters other than 0-9 and a-f"
            })
    void saysHowToWriteADigest(String text, String reason) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is not a digest: " + reason + "." + HELP);
    }

    @Test
    void shortensWhatItRefuses() {
        assertThatThrownBy(() -> Digest.parse("x".repeat(1000) + "\n"))
                .hasMessage("'" + "x".repeat(120) + "…' is not a digest: it has no ':'." + HELP);
    }

    @Test
    void isInOrderByAlgorithmAndThenByDigits() {
        Digest low = new Digest("sha256", "0".repeat(64));
        Digest high = new Digest("sha256", "f".repeat(64));
        Digest longer = new Digest("sha512", "0".repeat(128));

        assertThat(List.of(longer, high, low).stream().sorted()).containsExactly(low, high, longer);
    }
}

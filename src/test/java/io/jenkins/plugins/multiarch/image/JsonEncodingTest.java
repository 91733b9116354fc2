package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is in UTF-8, without a byte order mark (RFC 8259, 8.1), or two parsers read two things. */
class JsonEncodingTest {
    private static final String REFUSED =
            "The manifest is not a JSON object we can use: it is not in UTF-8 without a byte"
                    + " order mark. Make it again with the tool that wrote it.";

    private static void refuses(byte[] bytes) {
        assertThatThrownBy(() -> Json.read(bytes, "The manifest"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(REFUSED);
        assertThatThrownBy(() -> Json.readFew(bytes, "The manifest")).hasMessage(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "ISO-8859-1"})
    void refusesOtherEncodings(String charset) {
        refuses("{\"manifests\":\"ü\"}".getBytes(Charset.forName(charset)));
    }

    @Test
    void refusesAByteOrderMark() {
        refuses("\uFEFF{\"manifests\":1}".getBytes(UTF_8));
    }

    /** Overlong forms, a surrogate by itself, a character beyond the last, and one that is cut off. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"\u00C1\u00AD\":1}",
                "{\"\u00E0\u0081\u00AD\":1}",
                "{\"\u00F0\u0080\u0081\u00AD\":1}",
                "{\"\u00ED\u00A0\u0080\":1}",
                "{\"\u00F5\u0080\u0080\u0080\":1}",
                "{\"a\":1}\u00E2\u0082"
            })
    void refusesWhatUtf8DoesNotHave(String octets) {
        refuses(octets.getBytes(ISO_8859_1));
    }

    @Test
    void refusesItFarBehindTheBeginning() {
        byte[] bytes = ("{\"a\":\"" + "x".repeat(1 << 20) + "\u00C1\u00AD\"}").getBytes(ISO_8859_1);

        refuses(bytes);
    }

    @Test
    void readsCharactersOfAnyLengthWhereverTheyStand() {
        String text = "aß€𝄞".repeat(9000);

        assertThat(Json.read(("{\"a\":\"" + text + "\"}").getBytes(UTF_8), "it")
                        .path("a")
                        .asText())
                .isEqualTo(text);
    }

    @Test
    void leavesTheMarkOutOfWhatPeopleGive() {
        byte[] plain = "{}".getBytes(UTF_8);

        assertThat(Json.withoutMark("\uFEFF{}".getBytes(UTF_8))).isEqualTo(plain);
        assertThat(Json.withoutMark(plain)).isEqualTo(plain);
        assertThat(Json.withoutMark(new byte[] {(byte) 0xEF})).hasSize(1);
    }
}

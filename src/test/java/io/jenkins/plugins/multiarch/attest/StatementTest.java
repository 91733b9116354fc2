package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final Digest APP = Digest.sha256(utf8("app"));
    private static final String TYPE = "https://example.com/checked/v1";

    @Test
    void writesTheFieldsInTheirOrder() {
        Statement statement = Statement.of(
                List.of(new Subject("ghcr.io/acme/app", APP), Subject.of(APP)), TYPE, utf8("{\"size\": 1.10}"));

        assertThat(statement.toBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":["
                        + "{\"name\":\"ghcr.io/acme/app\",\"digest\":{\"sha256\":\"" + APP.hex() + "\"}},"
                        + "{\"digest\":{\"sha256\":\"" + APP.hex() + "\"}}],"
                        + "\"predicateType\":\"https://example.com/checked/v1\",\"predicate\":{\"size\": 1.10}}");
    }

    @Test
    void comesBackAsItWasWritten() {
        Statement written = Statement.of(List.of(new Subject("app", APP)), TYPE, utf8("{\"who\":\"Zoë\"}"));

        Statement read = Statement.parse(written.toBytes());

        assertThat(read.subjects()).isEqualTo(written.subjects());
        assertThat(read.predicateType()).isEqualTo(TYPE);
        assertThat(read.predicateJson().path("who").asText()).isEqualTo("Zoë");
        assertThat(read.toBytes()).isEqualTo(written.toBytes());
    }

    @Test
    void leavesAByteOrderMarkOut() {
        Statement statement = Statement.of(List.of(Subject.of(APP)), TYPE, utf8("\uFEFF{\"a\":1}"));

        assertThat(Statement.parse(statement.toBytes()).predicateJson())
                .isEqualTo(Json.object().put("a", 1));
    }

    @Test
    void readsTheOlderVersionAndSubjectsOfOtherAlgorithms() {
        Statement statement = Statement.parse(utf8("{\"_type\":\"https://in-toto.io/Statement/v0.1\","
                + "\"predicateType\":\"t\",\"subject\":[{\"name\":\"a\",\"digest\":{\"gitCommit\":\"abc\"}},"
                + "{\"name\":\"b\",\"digest\":{\"sha256\":\"" + APP.hex() + "\"}}]}"));

        assertThat(statement.subjects()).containsExactly(new Subject("b", APP));
        assertThat(statement.isAbout(APP)).isTrue();
        assertThat(statement.isAbout(Digest.sha256(utf8("other")))).isFalse();
        assertThat(statement.predicateJson()).isEmpty();
    }

    /** One that says two things, of which the tools that verify it would choose. */
    @Test
    void refusesNamesThatDifferInCaseAlone() {
        String other = "\"Subject\":[{\"name\":\"b\",\"digest\":{\"sha256\":\"" + "b".repeat(64) + "\"}}]";
        String text = new String(
                Statement.of(List.of(Subject.of(APP)), TYPE, utf8("{\"A\":1,\"a\":2,\"Subject\":3,\"subject\":4}"))
                        .toBytes(),
                StandardCharsets.UTF_8);

        assertThat(Statement.parse(utf8(text)).isAbout(APP)).isTrue();
        assertThatThrownBy(() -> Statement.parse(utf8("{" + other + "," + text.substring(1))))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The statement is not a JSON object we can use: it has 'Subject', which some tools read as"
                        + " 'subject' and others pass over. Make it again with the tool that wrote it.");
    }

    @Test
    void refusesToBeAboutNothing() {
        assertThatThrownBy(() -> Statement.of(List.of(), TYPE, utf8("{}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("A statement of type 'https://example.com/checked/v1' is about nothing."
                        + " Name the image or the file that it is about.");
    }

    @Test
    void refusesAnotherEncodingThanUtf8() {
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> Statement.of(List.of(Subject.of(APP)), TYPE, utf16))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The predicate is not a JSON object we can use: it is not in UTF-8 without a byte order mark. Make"
                                + " it again with the tool that wrote it.");
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] spaces = new byte[Statement.MAX_SIZE + 1];
        Arrays.fill(spaces, (byte) ' ');

        assertThatThrownBy(() -> Statement.parse(spaces))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The statement has 16777217 bytes, more than the 16777216 that are taken."
                        + " Attest the digest of what is so large instead, or make it smaller.");
        assertThatThrownBy(() -> Statement.of(List.of(Subject.of(APP)), TYPE, spaces))
                .isInstanceOf(ReleaseException.class);
    }

    @Test
    void refusesAnotherPayload() {
        assertThatThrownBy(() -> Statement.parse(utf8("{\"_type\":\"https://in-toto.io/Link/v1\"}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The payload is not an in-toto statement: its _type is 'https://in-toto.io/Link/v1'."
                        + " Attest again with a tool that writes in-toto Statement v1.");
        assertThatThrownBy(() -> Statement.parse(utf8("{\"_type\":\"https://in-toto.io/Statement/v1\"}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The payload is not an in-toto statement: it has no predicateType."
                        + " Attest again with a tool that writes in-toto Statement v1.");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

    private static ObjectNode read(String text) {
        return Json.read(text.getBytes(UTF_8), "The manifest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|it is not an object",
                "'\"{}\"'|it is not an object",
                "''|it is not an object",
                "{|it cannot be read past line 1, column 2",
                "{\"a\":1,\"a\":2}|it cannot be read past line 1, column 11",
                "{} {}|it cannot be read past line 1, column 4",
                "{'a':1}|it cannot be read past line 1, column 2",
                "{\"a\":NaN}|it cannot be read past line 1, column 9",
                "{} // remark|it cannot be read past line 1, column 4"
            })
    void saysWhereItStoppedReading(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The manifest is not a JSON object we can use: " + reason
                        + ". Make it again with the tool that wrote it.");
    }

    @Test
    void refusesNestingDeeperThan100() {
        String fits = "{\"a\":".repeat(99) + "{}" + "}".repeat(99);
        String deeper = "{\"a\":" + fits + "}";

        assertThat(read(fits).size()).isOne();
        assertThatThrownBy(() -> read(deeper))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The manifest is not a JSON object we can use: it is nested too deeply, or has too many"
                        + " parts. Make it again with the tool that wrote it.");
    }

    @Test
    void readsFewPartsWhereAnybodyMayHaveWrittenThem() {
        byte[] many = ("{\"a\":[" + "[],".repeat(250_000) + "[]]}").getBytes(UTF_8);

        assertThat(Json.read(many, "The bundle").path("a").size()).isEqualTo(250_001);
        assertThatThrownBy(() -> Json.readFew(many, "The bundle"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The bundle is not a JSON object we can use: it is nested too deeply, or has too many"
                        + " parts. Make it again with the tool that wrote it.");
    }

    @Test
    void readsTextsAsLongAsTheLargestStatement() {
        byte[] json = ("{\"a\":\"" + "x".repeat(23 << 20) + "\"}").getBytes(UTF_8);

        assertThat(Json.readFew(json, "The bundle").path("a").asText()).hasSize(23 << 20);
    }

    @Test
    void doesNotQuoteWhatItCannotRead() {
        assertThatThrownBy(() -> read("{\"auth\": secret}")).hasMessageNotContaining("secret");
    }

    @Test
    void writesFieldsInTheirOrder() {
        ObjectNode json = Json.object().put("b", 1).put("a", "ü/\"");

        assertThat(new String(Json.write(json), UTF_8)).isEqualTo("{\"b\":1,\"a\":\"ü/\\\"\"}");
        assertThat(Json.pretty(json)).isEqualTo("{\n  \"b\" : 1,\n  \"a\" : \"ü/\\\"\"\n}\n");
    }
}

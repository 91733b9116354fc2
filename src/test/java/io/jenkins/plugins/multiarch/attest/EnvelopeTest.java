package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    @Test
    void signsWhatTheSpecificationsExampleSigns() {
        byte[] signed = Envelope.pae("http://example.com/HelloWorld", utf8("hello world"));

        assertThat(signed)
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void countsBytesAndNotCharacters() {
        byte[] signed = Envelope.pae("t", utf8("{\"a\":\"é😀\"}"));

        assertThat(signed).asString(StandardCharsets.UTF_8).startsWith("DSSEv1 1 t 14 {");
    }

    @Test
    void comesBackAsItWasWritten() {
        Envelope envelope = new Envelope(
                "application/x",
                utf8("{\"n\":\"é\"}"),
                List.of(
                        new EnvelopeSignature("", new byte[] {1, (byte) 0xFB, (byte) 0xFF}),
                        new EnvelopeSignature("k2", new byte[] {9})));

        assertThat(Envelope.parse(envelope.toBytes())).isEqualTo(envelope);
        assertThat(envelope.toJson().toString())
                .isEqualTo("{\"payload\":\"eyJuIjoiw6kifQ==\",\"payloadType\":\"application/x\","
                        + "\"signatures\":[{\"sig\":\"Afv/\"},{\"sig\":\"CQ==\",\"keyid\":\"k2\"}]}");
    }

    @Test
    void readsTheOtherAlphabetAndAnEmptyKeyid() {
        byte[] payload = {(byte) 0xFB, (byte) 0xEF, (byte) 0xFF, 0};
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(payload);

        Envelope envelope = Envelope.parse(utf8("{\"payloadType\":\"t\",\"payload\":\"" + text
                + "\",\"signatures\":[{\"keyid\":\"\",\"sig\":\"-_8\"}],\"unknown\":1}"));

        assertThat(envelope.payload()).isEqualTo(payload);
        assertThat(envelope.signatures())
                .containsExactly(new EnvelopeSignature("", new byte[] {(byte) 0xFB, (byte) 0xFF}));
    }

    @Test
    void refusesWhatNobodySigned() {
        assertThatThrownBy(() -> Envelope.parse(utf8("{\"payloadType\":\"t\",\"payload\":\"\",\"signatures\":[]}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This is not a DSSE envelope: nobody signed it. Sign again with the tool that made it.");
    }

    @Test
    void refusesWhatHasNoPayload() {
        assertThatThrownBy(() -> Envelope.parse(utf8("{\"payloadType\":\"t\",\"signatures\":[{}]}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This is not a DSSE envelope: it has no payload or no payloadType."
                        + " Sign again with the tool that made it.");
    }

    @Test
    void refusesWhatIsNotBase64() {
        assertThatThrownBy(() -> Envelope.parse(utf8("{\"payloadType\":\"t\",\"payload\":\"%\",\"signatures\":[{}]}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The DSSE envelope holds something else where Base64 belongs."
                        + " Sign again with the tool that made it.");
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        Envelope envelope = new Envelope("t", utf8("{}"), List.of(new EnvelopeSignature("", new byte[] {1})));

        envelope.payload()[0] = 'x';
        envelope.signatures().get(0).signature()[0] = 2;

        assertThat(envelope.payload()).isEqualTo(utf8("{}"));
        assertThat(envelope.signatures().get(0).signature()).containsExactly(1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature of a file is one of nothing else, whatever a build wrote into the file. */
class FileSigningTest {
    private static final Digest IMAGE = Digest.sha256(new byte[] {1});

    private final SigningKey key = SampleKeys.p256();

    @Test
    void signsNoStatement() {
        byte[] forged = Statement.of(List.of(Subject.of(IMAGE)), PredicateTypes.PROVENANCE, utf8("{}"))
                .toBytes();

        assertThatThrownBy(() -> sign(Envelope.pae(Statement.PAYLOAD_TYPE, forged)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The file holds what is signed of a statement, so that its signature would be one of a"
                        + " statement. Attest with attest what it says, or sign an archive that holds it.");
    }

    /** Else the signature would be of one content, and what is said of the file of another. */
    @Test
    void signsNoFileThatChangedAfterItsDigestWasTaken() {
        byte[] before = utf8("what was built");
        Blob file = Blob.of(
                Descriptor.of("application/octet-stream", before),
                () -> new ByteArrayInputStream(utf8("what was there")));

        assertThatThrownBy(() -> FileSigning.sign(file, "app.tar", new KeySigner(key)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(Digest.sha256(before) + " in app.tar has other content, which has the digest "
                        + Digest.sha256(utf8("what was there"))
                        + ". Do not use it; it was changed or damaged after it was written. Make it again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " \n%s", "{\"a\":[{\"b\":\"}\\\"\"}],%s"})
    void signsNoNameOfAnImage(String around) {
        String forged =
                new String(SimpleSigning.payload(Repository.parse("ghcr.io/acme/app"), IMAGE), StandardCharsets.UTF_8);
        String file = around.formatted(around.startsWith("{") ? forged.substring(1) : forged);

        assertThatThrownBy(() -> sign(utf8(file)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The file holds what is signed of an image, so that its signature would be one of an"
                        + " image. Attest with attest what it says, or sign an archive that holds it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"\\u0063ritical\":{}}",
                "{\"Critical\" : {}}",
                "{\"a\":1,\"optional\":null,\"CRITICAL\":{\"type\":\"x\"}}"
            })
    void knowsTheFieldHoweverItIsWritten(String file) {
        assertThatThrownBy(() -> sign(utf8(file))).isInstanceOf(ReleaseException.class);
    }

    /** As readers that go by the encoding would find it. */
    @Test
    void signsNoNameOfAnImageBehindAByteOrderMark() {
        assertThatThrownBy(() -> sign(utf8("\uFEFF{\"critical\":{}}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The file holds what is signed of an image,");
    }

    /** In more octets than the character has, which some readers take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"\u00C1\u00A3ritical\":{}}",
                "{\"\u00E0\u0081\u00A3ritical\":{}}",
                "{\"\u00F0\u0080\u0081\u00A3ritical\":{}}"
            })
    void signsNoNameOfAnImageInOverlongCharacters(String octets) {
        assertThatThrownBy(() -> sign(octets.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The file holds what is signed of an image,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "x-UTF-16LE-BOM"})
    void signsNoObjectInOtherEncodings(String charset) {
        for (String text : List.of("{\"critical\":{}}", " \n{\"a\":\"\u2200\",\"critical\":{}}")) {
            assertThatThrownBy(() -> sign(text.getBytes(Charset.forName(charset))))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage(
                            "The file is a JSON object in UTF-16 or UTF-32, in which some readers could find what is"
                                    + " signed of an image. Write it in UTF-8, or sign an archive that holds it.");
        }
    }

    /** What others signed before is no word about an image either. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u00EF\u00BB\u00BF%s", "%s\u0000", "{\"\u00C1\u00A3ritical%.0s\":1}", "{\"Critical\":1,%s"})
    void namesAnImageInOneFormAlone(String form) {
        String payload = new String(
                SimpleSigning.payload(Repository.parse("ghcr.io/acme/app"), IMAGE), StandardCharsets.US_ASCII);
        String around = form.formatted(form.endsWith(",%s") ? payload.substring(1) : payload);

        assertThatThrownBy(() -> SimpleSigning.image(around.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The simple signature is not a JSON object we can use: it ");
        assertThatThrownBy(() -> SimpleSigning.image(payload.getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(ReleaseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "DSSE",
                "DSSEv1",
                "DSSEv2 28",
                " DSSEv1 28",
                "critical: 1",
                "[{\"critical\":1}]",
                "{\"severities\":{\"critical\":0},\"worst\":\"critical\"}",
                "{\"text\":\"\\\",\\\"critical\\\":\"}",
                "\u0000\u0000\u0000 ftypisom{\u0000",
                "\uFEFF{\"kritical\":1,\"crit\u00ECcal\":2,\"\uD800\uDC63ritical\":3}",
            })
    void signsAnyOtherFile(String file) throws Exception {
        byte[] content = utf8(file);

        Verification verified = new KeyVerifier(key.publicKey()).verify(sign(content), Blob.of("text/plain", content));

        assertThat(verified).isInstanceOf(Verification.Verified.class);
    }

    private Bundle sign(byte[] content) throws Exception {
        return FileSigning.sign(Blob.of("application/octet-stream", content), "app.tar", new KeySigner(key));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

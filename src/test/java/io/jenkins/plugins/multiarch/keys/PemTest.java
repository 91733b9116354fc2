package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    private static final byte[] DER = {0x30, 0x00};
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";

    @Test
    void readsBlocksWhateverStandsBetweenThem() {
        String text = "first\n" + CERTIFICATE
                + "-----BEGIN X-----\n-----BEGIN EC PARAMETERS-----MAA=-----END EC PARAMETERS-----"
                + "\n-----END X-----\nA: b\n" + CERTIFICATE + "last";

        assertThat(Pem.readAll(ascii(text)))
                .extracting(Pem::type)
                .containsExactly("CERTIFICATE", "EC PARAMETERS", "CERTIFICATE");
        assertThat(Pem.readAll(ascii(text)))
                .allSatisfy(block -> assertThat(block.content()).isEqualTo(DER));
    }

    @Test
    void leavesOutTheContentBehindHeaders() {
        Pem block = Pem.readAll(SampleKeys.file("p256-old-encrypted.pem")).stream()
                .filter(Pem::headers)
                .findFirst()
                .orElseThrow();

        assertThat(block.type()).isEqualTo("EC PRIVATE KEY");
        assertThat(block.content()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MAA=",
                "-----BEGIN X-----\nMAA=\n",
                "-----BEGIN X-----\nMAA=\n-----END Y-----",
                "-----BEGIN X-----\nA\n-----END X-----",
                "-----BEGIN X-----\nMA=A\n-----END X-----",
                "-----BEGIN X-----\nMA-----A=\n-----END X-----",
                "-----END X-----\nMAA=\n-----BEGIN X-----",
            })
    void passesOverWhatIsNoBlock(String text) {
        assertThat(Pem.readAll(ascii(text))).isEmpty();
    }

    @Test
    void readsWhatSomebodyMadeLongToKeepUsBusy() {
        assertThat(Pem.readAll(ascii("-----BEGIN X-----" + "-A".repeat(400_000) + "-----END X-----")))
                .hasSize(1);
        assertThat(Pem.readAll(ascii("-----BEGIN X-----".repeat(100_000)))).isEmpty();
    }

    @Test
    void readsTheOnlyCertificateOfAText() {
        assertThat(Pem.certificate("\n" + CERTIFICATE)).isEqualTo(DER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MAA=",
                "x\n" + CERTIFICATE,
                CERTIFICATE + CERTIFICATE,
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\na: b\n\nMAA=\n-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----",
            })
    void refusesATextThatIsNotOneCertificate(String text) {
        assertThatThrownBy(() -> Pem.certificate(text))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("where a certificate belongs is none");
    }

    @Test
    void writesWhatItReads() {
        assertThat(Pem.ofCertificate(DER)).isEqualTo(CERTIFICATE);
        assertThat(Pem.ofPublicKey(
                        Pem.readAll(SampleKeys.file("rsa.pub")).get(0).content()))
                .isEqualTo(new String(SampleKeys.file("rsa.pub"), StandardCharsets.US_ASCII));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {
    private static final String NONE = "There is no public key that we can read."
            + " Give one in PEM, beginning with -----BEGIN PUBLIC KEY-----, or a certificate.";

    @Test
    void wantsAPublicKeyAndNoPrivateOne() {
        assertThatThrownBy(() -> PublicKeys.read(SampleKeys.file("p256.pem")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("A private key was given where a public key belongs."
                        + " Give the public key: cosign public-key or openssl pkey -pubout writes it.");
        assertThatThrownBy(() -> PublicKeys.read("ssh-rsa AAAA".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("There is no public key that we can read."
                        + " Give one in PEM, beginning with -----BEGIN PUBLIC KEY-----, or a certificate.");
    }

    @Test
    void readsAllKeysOfATextOrNone() {
        String two = text("p256.pub") + "a remark\n" + text("p384.pub");

        assertThat(PublicKeys.readAll(two.getBytes(StandardCharsets.US_ASCII)))
                .containsExactly(SampleKeys.trusted("p256.pub"), SampleKeys.trusted("p384.pub"));
        for (String wrong : List.of("", two + Pem.ofPublicKey(new byte[] {0x30, 0}))) {
            assertThatThrownBy(() -> PublicKeys.readAll(wrong.getBytes(StandardCharsets.US_ASCII)))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage(NONE);
        }
        assertThatThrownBy(() -> PublicKeys.readAll((two + text("p256.pem")).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("A private key was given where a public key belongs.");
    }

    private static String text(String name) {
        return new String(SampleKeys.file(name), StandardCharsets.US_ASCII);
    }

    @Test
    void writesAPublicKeyAsToolsDo() {
        assertThat(SampleKeys.trusted("p256.pub").toPem())
                .isEqualTo(new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLIC KEY", "CERTIFICATE"})
    void passesOverWhatIsNoKey(String type) {
        byte[] text = ("-----BEGIN " + type + "-----\nMAA=\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> PublicKeys.read(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(NONE);
    }

    @Test
    void passesOverAKeyThatOnlyEncrypts() throws Exception {
        byte[] spki = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();

        assertThatThrownBy(() -> PublicKeys.read(Pem.ofPublicKey(spki).getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(NONE);
        assertThatThrownBy(() -> PublicKeys.decode(spki))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("it has a key of the unknown algorithm 1.3.101.110");
    }

    @Test
    void saysThatAKeyIsBroken() {
        byte[] spki = DerWriter.sequence(AlgorithmIdentifier.rsa(), DerWriter.bits(new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> PublicKeys.decode(spki))
                .isInstanceOf(Unaccepted.class)
                .hasMessage("it has a broken RSA key");
    }

    @Test
    void readsTheBareFormOfAnRsaKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] bare =
                DerWriter.sequence(DerWriter.integer(key.getModulus()), DerWriter.integer(key.getPublicExponent()));

        PublicKey read = PublicKeys.decodeRsa(bare);

        assertThat(read).isEqualTo(key);
    }
}

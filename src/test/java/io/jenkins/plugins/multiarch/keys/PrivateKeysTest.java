package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

    @ParameterizedTest
    @CsvSource({
        "p256.pem, '', p256.pub",
        "p256-sec1.pem, '', p256.pub",
        "p256-encrypted.pem, pass, p256.pub",
        "cosign.pem, Paßwort, cosign.pub",
        "cosign-empty-password.pem, '', cosign-empty-password.pub",
        "p384-sec1.pem, '', p384.pub",
        "p521.pem, '', p521.pub",
        "ed25519.pem, '', ed25519.pub",
        "rsa.pem, '', rsa.pub",
        "rsa-pkcs1.pem, '', rsa.pub",
    })
    void readsEveryFormThatToolsWrite(String file, String password, String publicFile) {
        SigningKey key = PrivateKeys.read(SampleKeys.file(file), password.toCharArray());

        assertThat(key.publicKey()).isEqualTo(SampleKeys.trusted(publicFile));
    }

    @ParameterizedTest
    @CsvSource({"p256-encrypted.pem, other", "p256-encrypted.pem, ''", "cosign.pem, Passwort", "cosign.pem, ''"})
    void saysThatThePasswordIsWrong(String file, String password) {
        assertThatThrownBy(() -> PrivateKeys.read(SampleKeys.file(file), password.toCharArray()))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The private key does not open with this password."
                        + " Give the password that it was encrypted with.");
    }

    @Test
    void saysHowToConvertWhatOpenSslEncryptedInTheOldWay() {
        assertThatThrownBy(() -> PrivateKeys.read(SampleKeys.file("p256-old-encrypted.pem"), "x".toCharArray()))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The private key is encrypted in the old way of OpenSSL, which protects little."
                        + " Convert it with openssl pkcs8 -topk8, or import it with cosign import-key-pair.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256.pub", "p256.crt", "README.md"})
    void saysWhichKeysItReads(String file) {
        assertUnreadable(() -> PrivateKeys.read(SampleKeys.file(file), SampleKeys.NONE));
    }

    @Test
    void refusesAKeyThatWasCut() {
        String text = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

        assertUnreadable(() -> PrivateKeys.read(
                text.replace(text.substring(40, 80), "").getBytes(StandardCharsets.US_ASCII), SampleKeys.NONE));
    }

    @Test
    void refusesAKeyThatDoesNotNameItsCurve() {
        byte[] unnamed = DerWriter.sequence(
                DerWriter.integer(BigInteger.ONE), DerWriter.octets(new byte[32]), DerWriter.nothing());

        assertUnreadable(() -> PrivateKeys.read(pem("EC PRIVATE KEY", unnamed), SampleKeys.NONE));
        assertUnreadable(() -> PrivateKeys.read(pem("EC PRIVATE KEY", new byte[] {0x30}), SampleKeys.NONE));
    }

    @Test
    void refusesAnRsaKeyThatIsTooShort() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        PrivateKey secret = generator.generateKeyPair().getPrivate();

        assertThatThrownBy(() -> PrivateKeys.of(secret))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The key is of the kind RSA with 1024 bits, with which we neither sign nor verify."
                        + " Use a key of ECDSA P-256 or P-384, Ed25519, or RSA with 2048 bits or more.");
    }

    @Test
    void refusesAKeyThatOnlyEncrypts() throws Exception {
        PrivateKey secret =
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate();

        assertUnreadable(() -> PrivateKeys.of(secret));
    }

    @Test
    void refusesAnEncryptionThatWantsAllOfTheMemory() {
        String json = decoded("cosign.pem").replace("65536", "1073741824");

        assertThatThrownBy(() -> PrivateKeys.read(pem(json), SampleKeys.PASSWORD))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The encrypted key is encrypted in a way that we do not know. Make one with"
                        + " cosign generate-key-pair, or import it with cosign import-key-pair.");
    }

    @Test
    void refusesAnotherCipher() {
        String json = decoded("cosign.pem").replace("nacl/secretbox", "rot13");

        assertThatThrownBy(() -> PrivateKeys.read(pem(json), SampleKeys.PASSWORD))
                .isInstanceOf(ReleaseException.class);
    }

    @Test
    void derivesAsTheStandardsExamplesDo() {
        byte[] first = new Scrypt(16, 1, 1).derive(new byte[0], new byte[0], 64);
        byte[] second = new Scrypt(1024, 8, 16).derive(ascii("password"), ascii("NaCl"), 64);

        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
        assertThat(HexFormat.of().formatHex(second))
                .isEqualTo("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    }

    @Test
    void showsNothingOfAKey() {
        SigningKey key = SampleKeys.p256();
        String text = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

        assertThat(key.toString() + Pem.readAll(SampleKeys.file("p256.pem")))
                .isEqualTo("ECDSA P-256 key SHA256:" + key.publicKey().hint() + "[PRIVATE KEY]");
        assertThat(text.lines().filter(line -> line.length() > 20 && !line.startsWith("--")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256.pem", "ed25519.pem", "rsa-pkcs1.pem", "cosign.pem", "p256-encrypted.pem"})
    void showsNothingOfAKeyThatItRefuses(String file) {
        String text = new String(SampleKeys.file(file), StandardCharsets.US_ASCII);
        String broken = text.replaceFirst("\n([A-Za-z0-9+/]{20})", "\nAAAA$1");

        StringWriter trace = new StringWriter();
        try {
            PrivateKeys.read(ascii(broken), "pass".toCharArray());
        } catch (ReleaseException e) {
            e.printStackTrace(new PrintWriter(trace));
        }

        assertThat(trace.toString()).contains("ReleaseException");
        for (String line : text.split("\n")) {
            if (!line.startsWith("-----")) {
                assertThat(trace.toString()).doesNotContain(line.substring(0, Math.min(12, line.length())));
            }
        }
        assertThat(trace.toString()).doesNotContain("Caused by");
    }

    @Test
    void worksOutThePublicKeyOfEveryPrivateOne() throws Exception {
        for (String curve : new String[] {"secp256r1", "secp384r1", "secp521r1"}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair pair = generator.generateKeyPair();

            assertThat(PublicHalf.of(pair.getPrivate())).isEqualTo(pair.getPublic());
        }
    }

    private static void assertUnreadable(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(ReleaseException.class)
                .hasMessage("There is no private key that we can read."
                        + " Give one in PEM: PKCS#8, SEC1, PKCS#1, or made by cosign generate-key-pair.");
    }

    private static String decoded(String file) {
        return new String(Pem.readAll(SampleKeys.file(file)).get(0).content(), StandardCharsets.UTF_8);
    }

    private static byte[] pem(String json) {
        return pem("ENCRYPTED SIGSTORE PRIVATE KEY", ascii(json));
    }

    private static byte[] pem(String type, byte[] content) {
        String base64 = Base64.getEncoder().encodeToString(content);
        return ascii("-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

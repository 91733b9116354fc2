package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedKeyTest {
    private static final byte[] MESSAGE = "{\"größe\":1}".getBytes(StandardCharsets.UTF_8);

    @Test
    void takesWhatCosignMakesWithEd25519() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature prehashed = Signature.getInstance("Ed25519");
        prehashed.setParameter(new EdDSAParameterSpec(true));
        prehashed.initSign(pair.getPrivate());
        prehashed.update(MESSAGE);
        byte[] signature = prehashed.sign();

        assertThat(new TrustedKey(pair.getPublic()).verifies(signature, MESSAGE))
                .isTrue();
        assertThat(TrustedKey.ofOneScheme(pair.getPublic()).orElseThrow().verifies(signature, MESSAGE))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA256withECDSA, true, true",
        "secp256r1, SHA384withECDSA, false, false",
        "secp384r1, SHA256withECDSA, true, false",
        "secp384r1, SHA384withECDSA, true, true",
        "secp521r1, SHA256withECDSA, true, false",
        "secp521r1, SHA512withECDSA, true, true",
    })
    void takesTheHashOfTheCurvesSizeAndOfAPlainKeyTheShortOneToo(
            String curve, String scheme, boolean plain, boolean ofOneScheme) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        Signature signer = Signature.getInstance(scheme);
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        byte[] signature = signer.sign();

        assertThat(new TrustedKey(pair.getPublic()).verifies(signature, MESSAGE))
                .isEqualTo(plain);
        assertThat(TrustedKey.ofOneScheme(pair.getPublic()).orElseThrow().verifies(signature, MESSAGE))
                .isEqualTo(ofOneScheme);
    }

    @ParameterizedTest
    @CsvSource({"p384-sec1.pem, p384.pub", "ed25519.pem, ed25519.pub", "rsa.pem, rsa.pub"})
    void verifiesAMessageThatIsReadOnce(String secret, String known) throws Exception {
        byte[] message = new byte[200_000];
        byte[] signature =
                PrivateKeys.read(SampleKeys.file(secret), SampleKeys.NONE).sign(new ByteArrayInputStream(message));
        TrustedKey key = SampleKeys.trusted(known);

        assertThat(key.verifies(signature, new ByteArrayInputStream(message))).isTrue();
        message[150_000] ^= 1;
        assertThat(key.verifies(signature, new ByteArrayInputStream(message))).isFalse();
    }

    @Test
    void wasNotUsedForASchemeOfAnotherKind() {
        SigningKey key = SampleKeys.p256();
        byte[] signature = key.sign(MESSAGE);

        assertThat(key.publicKey().verifies(SignatureScheme.SHA256_WITH_ECDSA, signature, MESSAGE))
                .isTrue();
        assertThat(key.publicKey().verifies(SignatureScheme.SHA256_WITH_RSA, signature, MESSAGE))
                .isFalse();
    }

    @Test
    void isNotMadeOfAKindThatDoesNotSignHere() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);

        assertThat(TrustedKey.ofOneScheme(rsa.generateKeyPair().getPublic())).isEmpty();
        assertThat(TrustedKey.ofOneScheme(
                        KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic()))
                .isEmpty();
        assertThat(TrustedKey.ofOneScheme(
                        KeyPairGenerator.getInstance("DSA").generateKeyPair().getPublic()))
                .isEmpty();
    }
}

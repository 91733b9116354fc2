package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    /** Of a pair of its own: Java remembers by the modulus how it blinds, and would fail with the good key as well. */
    @Test
    void refusesAKeyThatMakesNoSignature() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        RSAPrivateCrtKey good = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        PrivateKey damaged = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        good.getModulus(),
                        BigInteger.valueOf(3),
                        good.getPrivateExponent(),
                        good.getPrimeP(),
                        good.getPrimeQ(),
                        good.getPrimeExponentP(),
                        good.getPrimeExponentQ(),
                        good.getCrtCoefficient()));

        assertThatThrownBy(() -> PrivateKeys.of(damaged))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The private key makes no signature (SignatureException)."
                        + " Make a new one. If that signs nothing either, look at the security providers of this Java.")
                .hasNoCause();
    }

    @Test
    void refusesAKeyThatTheProviderDoesNotTake() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        assertThatThrownBy(() -> SigningKey.of(rsa.getPrivate(), SampleKeys.trusted("p256.pub")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The private key makes no signature (InvalidKeyException)."
                        + " Make a new one. If that signs nothing either, look at the security providers of this Java.")
                .hasNoCause();
    }

    @Test
    void refusesAKeyWhoseHalvesDoNotBelongTogether() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThatThrownBy(() -> SigningKey.of(pair.getPrivate(), SampleKeys.trusted("ed25519.pub")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The private key is damaged: its public key does not verify what it signs (SunEC)."
                        + " Make a new one.")
                .hasNoCause();
    }

    @Test
    void isNewEachTimeItIsGenerated() throws Exception {
        SigningKey key = SigningKey.generate();

        assertThat(key).asString().startsWith("ECDSA P-256 key SHA256:").isNotEqualTo("" + SigningKey.generate());
        assertThat(key.publicKey().verifies(key.sign(MESSAGE), MESSAGE)).isTrue();
        assertThat(key.publicKey().verifies(key.sign(new ByteArrayInputStream(MESSAGE)), MESSAGE))
                .isTrue();
    }
}

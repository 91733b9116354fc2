package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Verification.Refused;
import io.jenkins.plugins.multiarch.attest.Verification.Verified;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySignerTest {
    private static final byte[] PAYLOAD = utf8("{\"größe\":1}");

    @ParameterizedTest
    @CsvSource({
        "p256.pem, p256.pub, ECDSA P-256",
        "p256.pem, p256.crt, ECDSA P-256",
        "p384-sec1.pem, p384.pub, ECDSA P-384",
        "p521.pem, p521.pub, ECDSA P-521",
        "ed25519.pem, ed25519.pub, Ed25519",
        "rsa.pem, rsa.pub, RSA",
    })
    void signsWhatItsPublicKeyVerifies(String secret, String known, String kind) throws Exception {
        Signer signer = new KeySigner(PrivateKeys.read(SampleKeys.file(secret), SampleKeys.NONE));
        TrustedKey key = SampleKeys.trusted(known);

        Bundle attested = Bundle.parse(signer.attest("application/x", PAYLOAD).toBytes());
        Bundle signed = Bundle.parse(signer.sign(Blob.of("text/plain", PAYLOAD)).toBytes());

        Verified good = new Verified(kind + " key SHA256:" + key.hint(), Optional.empty());
        assertThat(new KeyVerifier(key).verify(attested)).isEqualTo(good);
        assertThat(new KeyVerifier(key).verify(signed, Blob.of("text/plain", PAYLOAD)))
                .isEqualTo(good);
        assertThat(signer).hasToString(good.signer());
        assertThat(signer.name()).isEqualTo(good.signer());
    }

    /** Protobuf's JSON allows both alphabets of Base64, with and without padding. */
    @Test
    void verifiesWhatIsWrittenInTheOtherAlphabet() {
        byte[] payload = utf8("{\"größe\":\"😀😀😀???>>>\"}");
        Envelope envelope =
                (Envelope) new KeySigner(SampleKeys.p256()).attest("t", payload).content();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String text = base64.encodeToString(payload);
        byte[] json = utf8("{\"mediaType\":\"" + Bundle.MEDIA_TYPE
                + "\",\"verificationMaterial\":{\"publicKey\":{}},\"dsseEnvelope\":{\"payloadType\":\"t\",\"payload\":\""
                + text + "\",\"signatures\":[{\"sig\":\""
                + base64.encodeToString(envelope.signatures().get(0).signature()) + "\"}]}}");

        assertThat(text).containsAnyOf("-", "_");
        assertThat(new KeyVerifier(SampleKeys.trusted("p256.pub")).verify(Bundle.parse(json)))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesAnotherKeyWhateverTheBundleHintsAt() throws Exception {
        Bundle bundle = new KeySigner(SampleKeys.ed25519()).attest("t", PAYLOAD);
        TrustedKey other = SampleKeys.trusted("p256.pub");
        Bundle lying = Bundle.of(bundle.content(), new VerificationMaterial.KeyHint(other.hint()));

        assertThat(new KeyVerifier(other).verify(lying))
                .isEqualTo(new Refused("it has no signature by the ECDSA P-256 key SHA256:" + other.hint()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256.pem", "p384-sec1.pem", "ed25519.pem", "rsa.pem"})
    void refusesWhenAByteOfPayloadTypeOrSignatureChanges(String file) {
        SigningKey key = PrivateKeys.read(SampleKeys.file(file), SampleKeys.NONE);
        Envelope good = (Envelope) new KeySigner(key).attest("type", PAYLOAD).content();

        for (int i = 0; i < PAYLOAD.length; i++) {
            assertRefused(key, new Envelope("type", flipped(PAYLOAD, i), good.signatures()));
        }
        assertRefused(key, new Envelope("typf", PAYLOAD, good.signatures()));
        byte[] signature = good.signatures().get(0).signature();
        for (int i = 0; i < signature.length; i += 7) {
            assertRefused(
                    key, new Envelope("type", PAYLOAD, List.of(new EnvelopeSignature("", flipped(signature, i)))));
        }
        assertRefused(key, new Envelope("type", PAYLOAD, List.of(new EnvelopeSignature("", new byte[0]))));
    }

    @Test
    void takesOneGoodSignatureAmongSeveral() {
        SigningKey key = SampleKeys.p256();
        EnvelopeSignature own = ((Envelope)
                        new KeySigner(key).attest("t", PAYLOAD).content())
                .signatures()
                .get(0);
        EnvelopeSignature others = ((Envelope)
                        new KeySigner(SampleKeys.ed25519()).attest("t", PAYLOAD).content())
                .signatures()
                .get(0);
        Envelope envelope = new Envelope("t", PAYLOAD, List.of(others, own));

        Bundle bundle = Bundle.of(envelope, new VerificationMaterial.KeyHint(""));

        assertThat(new KeyVerifier(key.publicKey()).verify(bundle)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesASignatureWhereAStatementBelongsAndTheOtherWayRound() throws Exception {
        SigningKey key = SampleKeys.p256();
        Blob message = Blob.of("text/plain", PAYLOAD);
        KeyVerifier verifier = new KeyVerifier(key.publicKey());

        assertThat(verifier.verify(new KeySigner(key).sign(message)))
                .isEqualTo(new Refused("it signs a message and holds no statement"));
        assertThat(verifier.verify(new KeySigner(key).attest("t", PAYLOAD), message))
                .isEqualTo(new Refused("it holds a statement and no signature of the message"));
    }

    @Test
    void signsNoLargeMessageAsAWhole() {
        KeySigner ed25519 = new KeySigner(SampleKeys.ed25519());
        long size = (64 << 20) + 1;
        Blob large = Blob.of(
                Descriptor.of("text/plain", Digest.sha256(PAYLOAD), size), () -> new ByteArrayInputStream(PAYLOAD));

        assertThatThrownBy(() -> ed25519.sign(large))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "A file of " + size + " bytes is too large for the " + ed25519.name() + ", which signs it as"
                                + " a whole. Sign it with a key of ECDSA P-256, or sign a list of digests instead.");
    }

    private static void assertRefused(SigningKey key, Envelope envelope) {
        Bundle bundle = Bundle.of(envelope, new VerificationMaterial.KeyHint(""));
        assertThat(new KeyVerifier(key.publicKey()).verify(bundle)).isInstanceOf(Refused.class);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

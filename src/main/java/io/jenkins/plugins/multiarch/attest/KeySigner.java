package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.KeyAlgorithm;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Signs with a key held in this process. */
public final class KeySigner implements Signer {
    /** Ed25519 signs no digest but all of a message, which Java holds in memory for it, several times; in bytes. */
    private static final long MAX_WHOLE = 64 << 20;

    private final SigningKey key;
    private final KeyHint hint;

    public KeySigner(SigningKey key) {
        this.key = key;
        this.hint = new KeyHint(key.publicKey().hint());
    }

    /** Without a keyid: cosign takes one for an SSH fingerprint and passes over the signature. */
    @Override
    public Bundle attest(String payloadType, byte[] payload) {
        EnvelopeSignature signature = new EnvelopeSignature("", key.sign(Envelope.pae(payloadType, payload)));
        return Bundle.of(new Envelope(payloadType, payload, List.of(signature)), hint);
    }

    /** @throws ReleaseException if the message is too large for the key */
    @Override
    public Bundle sign(Blob message) throws IOException, InterruptedException {
        if (key.publicKey().algorithm() == KeyAlgorithm.ED25519 && message.size() > MAX_WHOLE) {
            throw new ReleaseException(
                    "A file of " + message.size() + " bytes is too large for the " + name()
                            + ", which signs it as a whole.",
                    "Sign it with a key of ECDSA P-256, or sign a list of digests instead.");
        }
        byte[] signature;
        try (InputStream content = message.open()) {
            signature = key.sign(content);
        }
        byte[] digest = HexFormat.of().parseHex(message.digest().hex());
        String algorithm = message.digest().algorithm().equals("sha512") ? "SHA2_512" : "SHA2_256";
        return Bundle.of(new MessageSignature(algorithm, digest, signature), hint);
    }

    @Override
    public Optional<Verifier> verifier() {
        return Optional.of(new KeyVerifier(key.publicKey()));
    }

    @Override
    public Optional<CosignTrust> trust() {
        return Optional.of(new KeyTrust(key.publicKey()));
    }

    @Override
    public String name() {
        return key.toString();
    }

    @Override
    public String toString() {
        return name();
    }
}

package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Trusts one public key. What a bundle hints at, and what its certificates say, plays no part. */
public final class KeyVerifier implements Verifier {
    private final TrustedKey key;

    public KeyVerifier(TrustedKey key) {
        this.key = key;
    }

    @Override
    public Verification verify(Bundle bundle) {
        if (!(bundle.content() instanceof Envelope envelope)) {
            return new Verification.Refused("it signs a message and holds no statement");
        }
        byte[] signed = envelope.signedBytes();
        return answer(envelope.signatures().stream().anyMatch(one -> key.verifies(one.signature(), signed)));
    }

    @Override
    public Verification verify(Bundle bundle, Blob message) throws IOException, InterruptedException {
        if (!(bundle.content() instanceof MessageSignature signature)) {
            return new Verification.Refused("it holds a statement and no signature of the message");
        }
        try (InputStream content = message.open()) {
            return answer(key.verifies(signature.signature(), content));
        }
    }

    /** What a bundle by this key hints at. */
    KeyHint hint() {
        return new KeyHint(key.hint());
    }

    private Verification answer(boolean good) {
        return good
                ? new Verification.Verified(name(), Optional.empty())
                : new Verification.Refused("it has no signature by the " + name());
    }

    @Override
    public String name() {
        return key.toString();
    }
}

package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;

/** A public key that somebody decided to trust. Two are equal where they are the same key. */
public final class TrustedKey {
    private static final int CHUNK = 1 << 16;

    private final PublicKey key;
    private final KeyAlgorithm algorithm;
    private final String hint;

    /** @throws io.jenkins.plugins.multiarch.image.ReleaseException for kinds of keys that do not sign here */
    public TrustedKey(PublicKey key) {
        this.key = key;
        this.algorithm = KeyAlgorithm.of(key);
        this.hint = Base64.getEncoder().encodeToString(Digest.hasher("sha256").digest(key.getEncoded()));
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** Base64 of the SHA-256 of its SubjectPublicKeyInfo: how a bundle hints at it, and a name for logs. */
    public String hint() {
        return hint;
    }

    /** The key in PEM, as tools such as cosign read it. */
    public String toPem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether this key made the signature over the message, by any scheme that suits the key. */
    public boolean verifies(byte[] signature, byte[] message) {
        for (Signature scheme : ready()) {
            try {
                scheme.update(message);
                if (scheme.verify(signature)) {
                    return true;
                }
            } catch (SignatureException e) {
                continue; // not even the form of a signature
            }
        }
        return false;
    }

    /** As {@link #verifies(byte[], byte[])}, of a message that is read once. */
    public boolean verifies(byte[] signature, Blob message) throws IOException, InterruptedException {
        List<Signature> schemes = ready();
        try (InputStream in = message.open()) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (Signature scheme : schemes) {
                    scheme.update(chunk, 0, read);
                }
            }
        } catch (SignatureException e) {
            throw new IllegalStateException("a signature that was initialised takes bytes", e);
        }
        return schemes.stream().anyMatch(scheme -> holds(scheme, signature));
    }

    private static boolean holds(Signature scheme, byte[] signature) {
        try {
            return scheme.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }

    private List<Signature> ready() {
        List<Signature> schemes = algorithm.verifying();
        try {
            for (Signature scheme : schemes) {
                scheme.initVerify(key);
            }
            return schemes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key is of the kind that the scheme is for", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedKey that && hint.equals(that.hint);
    }

    @Override
    public int hashCode() {
        return hint.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + " key SHA256:" + hint;
    }
}

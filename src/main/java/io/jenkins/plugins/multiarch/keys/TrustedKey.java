package io.jenkins.plugins.multiarch.keys;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A public key that somebody decided to trust. Two are equal where they are the same key. */
public final class TrustedKey {
    private static final int CHUNK = 1 << 16;

    private final PublicKey key;
    private final KeyAlgorithm algorithm;
    private final List<SignatureScheme> schemes;
    private final String hint;

    /**
     * A key that may have signed by any scheme that suits it, as tools differ in which they take.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException for kinds of keys that do not sign here
     */
    public TrustedKey(PublicKey key) {
        this(key, KeyAlgorithm.of(key));
    }

    private TrustedKey(PublicKey key, KeyAlgorithm algorithm) {
        this(key, algorithm, algorithm.schemes());
    }

    private TrustedKey(PublicKey key, KeyAlgorithm algorithm, List<SignatureScheme> schemes) {
        this.key = key;
        this.algorithm = algorithm;
        this.schemes = schemes;
        this.hint = Base64.getEncoder().encodeToString(Digest.hasher("sha256").digest(key.getEncoded()));
    }

    /**
     * A key of Sigstore's services and certificates, which signs with the hash that goes with it and in no other way.
     *
     * @return nothing for kinds of keys that do not sign here
     */
    public static Optional<TrustedKey> ofOneScheme(PublicKey key) {
        return KeyAlgorithm.find(key).map(algorithm -> new TrustedKey(key, algorithm, List.of(algorithm.own())));
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** Base64 of the SHA-256 of its SubjectPublicKeyInfo: how a bundle hints at it, and a name for logs. */
    public String hint() {
        return hint;
    }

    /** The key in PEM, as tools such as cosign read it. */
    public String toPem() {
        return Pem.ofPublicKey(key.getEncoded());
    }

    /** Whether this key made the signature over the message, by any scheme that it may have signed by. */
    public boolean verifies(byte[] signature, byte[] message) {
        SignatureCheck check = new SignatureCheck(key, schemes);
        check.update(message, message.length);
        return check.verifies(signature);
    }

    /** As {@link #verifies(byte[], byte[])}, of a message that is read to its end and not closed. */
    public boolean verifies(byte[] signature, InputStream message) throws IOException {
        SignatureCheck check = new SignatureCheck(key, schemes);
        byte[] chunk = new byte[CHUNK];
        for (int read = message.read(chunk); read >= 0; read = message.read(chunk)) {
            check.update(chunk, read);
        }
        return check.verifies(signature);
    }

    /** Whether this key made the signature over the message by this scheme, as something else says that it did. */
    public boolean verifies(SignatureScheme scheme, byte[] signature, byte[] message) {
        return scheme.verifies(key, signature, message);
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

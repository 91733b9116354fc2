package io.jenkins.plugins.multiarch.keys;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;

/** A private key with its public half. Nothing here shows the key, and it cannot be serialised. */
public final class SigningKey {
    private static final int CHUNK = 1 << 16;
    private static final int PROBE = 32;

    private final PrivateKey secret;
    private final TrustedKey trusted;

    private SigningKey(PrivateKey secret, TrustedKey trusted) {
        this.secret = secret;
        this.trusted = trusted;
    }

    /** Works out the public half, and sees that the two belong together. */
    static SigningKey of(PrivateKey secret) {
        return of(secret, new TrustedKey(PublicHalf.of(secret)));
    }

    /** @throws ReleaseException if the two do not belong together, or the key does not sign with this Java */
    static SigningKey of(PrivateKey secret, TrustedKey trusted) {
        SigningKey key = new SigningKey(secret, trusted);
        Signature signature = key.ready();
        byte[] probe = new byte[PROBE];
        if (!trusted.verifies(sign(signature, probe), probe)) {
            throw new ReleaseException(
                    "The private key is damaged: its public key does not verify what it signs ("
                            + signature.getProvider().getName() + ").",
                    "Make a new one.");
        }
        return key;
    }

    /** A new key of ECDSA on P-256, which every Sigstore instance takes, that nobody else has. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), new TrustedKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys on P-256", e);
        }
    }

    /** The half that others may know. */
    public TrustedKey publicKey() {
        return trusted;
    }

    /** The signature over a message. */
    public byte[] sign(byte[] message) {
        return sign(ready(), message);
    }

    private static byte[] sign(Signature signature, byte[] message) {
        try {
            signature.update(message);
            return signature.sign();
        } catch (SignatureException | ProviderException e) {
            throw unable(e);
        }
    }

    /** The signature over a message that is read to its end and not closed. */
    public byte[] sign(InputStream message) throws IOException {
        Signature signature = ready();
        try {
            byte[] chunk = new byte[CHUNK];
            for (int read = message.read(chunk); read >= 0; read = message.read(chunk)) {
                signature.update(chunk, 0, read);
            }
            return signature.sign();
        } catch (SignatureException | ProviderException e) {
            throw unable(e);
        }
    }

    private Signature ready() {
        try {
            Signature signature = trusted.algorithm().signing().instance();
            signature.initSign(secret);
            return signature;
        } catch (InvalidKeyException | ProviderException e) {
            throw unable(e);
        }
    }

    /** Without a cause and its words, which could hold something of the key. */
    private static ReleaseException unable(Exception failure) {
        return new ReleaseException(
                "The private key makes no signature (" + failure.getClass().getSimpleName() + ").",
                "Make a new one. If that signs nothing either, look at the security providers of this Java.");
    }

    @Override
    public String toString() {
        return trusted.toString();
    }
}

package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.SignatureException;

/** A private key with its public half. Nothing here shows the key, and it cannot be serialised. */
public final class SigningKey {
    private static final int CHUNK = 1 << 16;

    private final PrivateKey secret;
    private final TrustedKey trusted;

    private SigningKey(PrivateKey secret, TrustedKey trusted) {
        this.secret = secret;
        this.trusted = trusted;
    }

    /** Works out the public half, and sees that the two belong together. */
    static SigningKey of(PrivateKey secret) {
        SigningKey key = new SigningKey(secret, new TrustedKey(PublicHalf.of(secret)));
        byte[] probe = new byte[32];
        if (!key.trusted.verifies(key.sign(probe), probe)) {
            throw damaged();
        }
        return key;
    }

    /** The half that others may know. */
    public TrustedKey publicKey() {
        return trusted;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = ready();
            signature.update(message);
            return signature.sign();
        } catch (SignatureException | ProviderException e) {
            throw damaged();
        }
    }

    byte[] sign(Blob message) throws IOException, InterruptedException {
        Signature signature = ready();
        try (InputStream in = message.open()) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                signature.update(chunk, 0, read);
            }
            return signature.sign();
        } catch (SignatureException | ProviderException e) {
            throw damaged();
        }
    }

    private Signature ready() {
        try {
            Signature signature = trusted.algorithm().signing();
            signature.initSign(secret);
            return signature;
        } catch (GeneralSecurityException | ProviderException e) {
            throw damaged();
        }
    }

    /** Without a cause, which could hold something of the key. */
    private static ReleaseException damaged() {
        return new ReleaseException(
                "The private key is damaged: it makes no signature that its public key verifies.", "Make a new one.");
    }

    @Override
    public String toString() {
        return trusted.toString();
    }
}

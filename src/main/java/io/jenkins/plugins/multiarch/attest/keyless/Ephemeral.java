package io.jenkins.plugins.multiarch.attest.keyless;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** A key pair that lives in this memory for minutes: ECDSA on P-256 with SHA-256, which every Sigstore instance takes. */
final class Ephemeral {
    private static final String ALGORITHM = "SHA256withECDSA";

    private final KeyPair pair;

    Ephemeral() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform makes keys on P-256", e);
        }
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = signature();
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        }
    }

    /** A signature in the making, for what is too long to be held. */
    Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(pair.getPrivate());
        return signature;
    }
}

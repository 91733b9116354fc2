package io.jenkins.plugins.multiarch.keys;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.util.List;

/** How a signature is made: the hash of the message, and what is done with it. */
public enum SignatureScheme {
    SHA256_WITH_ECDSA("SHA256withECDSA"),
    SHA384_WITH_ECDSA("SHA384withECDSA"),
    SHA512_WITH_ECDSA("SHA512withECDSA"),
    SHA256_WITH_RSA("SHA256withRSA"),
    SHA384_WITH_RSA("SHA384withRSA"),
    SHA512_WITH_RSA("SHA512withRSA"),
    ED25519("Ed25519"),
    /** Ed25519ph of RFC 8032. */
    ED25519_PREHASHED("Ed25519");

    private final String name;

    /** @param name in Java */
    SignatureScheme(String name) {
        this.name = name;
    }

    /** A signature to be made or checked, which knows no key yet. */
    Signature instance() {
        try {
            Signature signature = Signature.getInstance(name);
            if (this == ED25519_PREHASHED) {
                signature.setParameter(new EdDSAParameterSpec(true));
            }
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    /** Whether a key made a signature over a message; one that cannot even be read was not made by it. */
    public boolean verifies(PublicKey key, byte[] signature, byte[] message) {
        SignatureCheck check = new SignatureCheck(key, List.of(this));
        check.update(message, message.length);
        return check.verifies(signature);
    }
}

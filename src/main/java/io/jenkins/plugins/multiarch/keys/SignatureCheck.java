package io.jenkins.plugins.multiarch.keys;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.List;

/** Checks a signature over a message that comes in parts, by each of some schemes at once. */
final class SignatureCheck {
    private final List<Signature> candidates = new ArrayList<>();

    /** @param schemes those that are for another kind of key are passed over */
    SignatureCheck(PublicKey key, List<SignatureScheme> schemes) {
        for (SignatureScheme scheme : schemes) {
            Signature candidate = scheme.instance();
            try {
                candidate.initVerify(key);
                candidates.add(candidate);
            } catch (InvalidKeyException e) {
                continue; // no signature by this scheme is by this key
            }
        }
    }

    /** Takes the next bytes of the message. */
    void update(byte[] bytes, int length) {
        try {
            for (Signature candidate : candidates) {
                candidate.update(bytes, 0, length);
            }
        } catch (SignatureException e) {
            throw new IllegalStateException("a signature that was initialised takes bytes", e);
        }
    }

    /** Whether the key made this signature over all that came; one that cannot even be read was not made by it. */
    boolean verifies(byte[] signature) {
        return candidates.stream().anyMatch(candidate -> verifies(candidate, signature));
    }

    private static boolean verifies(Signature candidate, byte[] signature) {
        try {
            return candidate.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }
}

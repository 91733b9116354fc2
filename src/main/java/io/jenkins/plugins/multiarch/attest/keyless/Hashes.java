package io.jenkins.plugins.multiarch.attest.keyless;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of bytes in parts, by algorithms that every Java platform has. */
final class Hashes {

    private Hashes() {}

    /** @param algorithm by its name in Java, for example {@code SHA-384} */
    static byte[] of(String algorithm, byte[]... parts) {
        MessageDigest digest = digest(algorithm);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static byte[] sha256(byte[]... parts) {
        return of("SHA-256", parts);
    }

    /** A hash in the making, for what is too long to be held. */
    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}

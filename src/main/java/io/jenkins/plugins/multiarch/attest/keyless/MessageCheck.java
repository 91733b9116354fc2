package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * What one reading of a message shows.
 *
 * @param digest of the message, with the hash that goes with the key
 */
record MessageCheck(boolean signed, byte[] digest) {

    static MessageCheck of(Blob message, TrustedKey key, byte[] signature) throws IOException, InterruptedException {
        MessageDigest digest = Hashes.digest(key.algorithm().hash());
        try (InputStream content = new DigestInputStream(message.open(), digest)) {
            boolean signed = key.verifies(signature, content);
            return new MessageCheck(signed, digest.digest());
        }
    }
}

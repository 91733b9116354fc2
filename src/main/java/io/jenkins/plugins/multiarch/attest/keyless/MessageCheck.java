package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/**
 * What one reading of a message shows.
 *
 * @param digest of the message, with the hash that goes with the key
 */
record MessageCheck(boolean signed, byte[] digest) {
    private static final int CHUNK = 1 << 16;

    static MessageCheck of(Blob message, PublicKey key, byte[] signature) throws IOException, InterruptedException {
        try {
            Signature check = Signature.getInstance(Keys.signatureAlgorithm(key));
            check.initVerify(key);
            MessageDigest digest = MessageDigest.getInstance(Keys.hash(key));
            try (InputStream content = new DigestInputStream(message.open(), digest)) {
                byte[] chunk = new byte[CHUNK];
                for (int count; (count = content.read(chunk)) >= 0; ) {
                    check.update(chunk, 0, count);
                }
            }
            return new MessageCheck(verifies(check, signature), digest.digest());
        } catch (GeneralSecurityException e) {
            throw new Unaccepted("its certificate has a key that cannot be used", e);
        }
    }

    /** A signature that cannot even be read was not made by the key. */
    private static boolean verifies(Signature check, byte[] signature) {
        try {
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        }
    }
}

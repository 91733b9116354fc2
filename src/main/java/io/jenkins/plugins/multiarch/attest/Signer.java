package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.util.Optional;

/**
 * Who signs: a key held here, a short-lived certificate, or a key that never leaves a KMS. May be called from many
 * threads.
 */
public interface Signer {

    /** Signs a payload in an envelope (DSSE v1) with exactly one signature. */
    Bundle attest(String payloadType, byte[] payload) throws InterruptedException;

    /**
     * Signs the bytes of a message, which are read once; the bundle does not hold them. What others wrote is signed by
     * {@link FileSigning}.
     */
    Bundle sign(Blob message) throws IOException, InterruptedException;

    /** Who that is, for logs; never anything secret. */
    String name();

    /** Knows this signer's own signatures again, so that nothing is signed twice; none where that cannot be told. */
    default Optional<Verifier> verifier() {
        return Optional.empty();
    }

    /** What others tell cosign to verify its signatures; nothing where that is not known. */
    default Optional<CosignTrust> trust() {
        return Optional.empty();
    }

    /** Signs a statement. */
    default Bundle attest(Statement statement) throws InterruptedException {
        return attest(Statement.PAYLOAD_TYPE, statement.toBytes());
    }
}

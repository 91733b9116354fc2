package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.Envelope;
import java.util.Optional;

/**
 * What was signed, in the words in which a log's entries speak of it.
 *
 * @param payloadDigest SHA-256 of an envelope's payload; nothing for a message
 * @param hash that goes with the signer's key, by its name in Java
 * @param digest of what the signature is over, with that hash
 */
record SignedContent(byte[] signature, Optional<byte[]> payloadDigest, String hash, byte[] digest) {

    static SignedContent of(Envelope envelope, String hash) {
        return new SignedContent(
                envelope.signatures().get(0).signature(),
                Optional.of(Hashes.sha256(envelope.payload())),
                hash,
                Hashes.of(hash, envelope.signedBytes()));
    }

    static SignedContent ofMessage(byte[] signature, String hash, byte[] digest) {
        return new SignedContent(signature, Optional.empty(), hash, digest);
    }

    /** The hash as Sigstore's protobuf says it, for example {@code SHA2_256}. */
    String protobufHash() {
        return hash.replace("SHA-", "SHA2_");
    }

    /** The hash as Rekor 1 says it, for example {@code sha256}. */
    String rekorHash() {
        return hash.replace("SHA-", "sha");
    }
}

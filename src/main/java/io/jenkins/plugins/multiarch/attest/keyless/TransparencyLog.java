package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.TrustedKey;

/**
 * A log of a trusted root: of signatures (Rekor) or of certificates.
 *
 * @param id how entries name the log: SHA-256 of its public key for Rekor 1 and certificate logs
 * @param checkpointId how signatures of checkpoints name the key; the first four bytes count
 */
public record TransparencyLog(String baseUrl, TrustedKey key, LogId id, LogId checkpointId, ValidFor validFor) {

    /** The host of the log's address, which is the name that Rekor 2 signs its checkpoints with. */
    String host() {
        int scheme = baseUrl.indexOf("://");
        String rest = scheme < 0 ? baseUrl : baseUrl.substring(scheme + 3);
        return rest.replaceFirst("[:/].*", "");
    }
}

package io.jenkins.plugins.multiarch.attest;

import java.util.Optional;

/**
 * What a transparency log wrote down about a signature (Sigstore's {@code TransparencyLogEntry}).
 *
 * @param logId the SHA-256 of the log's public key
 * @param kind of the entry, such as {@code dsse} or {@code hashedrekord}
 * @param version of that kind, such as {@code 0.0.1}
 * @param integratedTime seconds since 1970, to be believed only under a promise; 0 where the log says none
 * @param inclusionPromise the signed entry timestamp; empty where there is none
 * @param canonicalizedBody the entry itself
 */
public record LogEntry(
        long logIndex,
        byte[] logId,
        String kind,
        String version,
        long integratedTime,
        byte[] inclusionPromise,
        Optional<InclusionProof> inclusionProof,
        byte[] canonicalizedBody) {

    public LogEntry {
        logId = logId.clone();
        inclusionPromise = inclusionPromise.clone();
        canonicalizedBody = canonicalizedBody.clone();
    }

    @Override
    public byte[] logId() {
        return logId.clone();
    }

    @Override
    public byte[] inclusionPromise() {
        return inclusionPromise.clone();
    }

    @Override
    public byte[] canonicalizedBody() {
        return canonicalizedBody.clone();
    }
}

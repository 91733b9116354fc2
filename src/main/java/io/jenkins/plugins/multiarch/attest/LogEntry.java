package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Json;
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

    /**
     * Reads one as a log answers it, in protobuf's JSON.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if it is no JSON object
     */
    public static LogEntry parse(byte[] json) {
        return LogEntryJson.read(Json.read(json, "The log's entry"));
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

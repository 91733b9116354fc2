package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;

/**
 * A signature with everything that is needed to verify it, apart from whom to trust (Sigstore bundle v0.3).
 *
 * @param logEntries of transparency logs; none for a signature by a key alone
 * @param timestamps RFC 3161 tokens in DER, over the signature
 */
public record Bundle(
        BundleContent content, VerificationMaterial material, List<LogEntry> logEntries, List<byte[]> timestamps) {
    /** What is written. */
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /** The largest bundle that is read, in bytes: a statement of the largest size, in Base64, and some certificates. */
    public static final int MAX_SIZE = Statement.MAX_SIZE / 3 * 4 + 1024 * 1024;

    public Bundle {
        logEntries = List.copyOf(logEntries);
        timestamps = timestamps.stream().map(byte[]::clone).toList();
    }

    /** A bundle of a signature by a key that verifiers have. */
    public static Bundle of(BundleContent content, VerificationMaterial material) {
        return new Bundle(content, material, List.of(), List.of());
    }

    /**
     * Reads a bundle of version 0.1, 0.2 or 0.3.
     *
     * @throws ReleaseException if it is none, is larger than {@link #MAX_SIZE}, or has not exactly one signature
     */
    public static Bundle parse(byte[] json) {
        return BundleJson.read(json);
    }

    public byte[] toBytes() {
        return BundleJson.write(this);
    }
}

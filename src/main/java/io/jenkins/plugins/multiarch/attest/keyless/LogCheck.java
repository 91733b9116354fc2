package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.InclusionProof;
import io.jenkins.plugins.multiarch.attest.LogEntry;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whether the logs of a trusted root hold a signature, and since when. */
final class LogCheck {
    /** Version of an entry of Rekor 2, which promises nothing and names no time. */
    private static final String VERSION_2 = "0.0.2";

    private static final String INTOTO = "intoto";
    /** Of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final List<TransparencyLog> logs;

    LogCheck(List<TransparencyLog> logs) {
        this.logs = logs;
    }

    /**
     * The times at which trusted logs say that they took this signature in; those that only prove to hold it say none.
     *
     * <p>Entries of other logs are passed over. Where the trusted root has logs, one of them must hold the signature.
     */
    List<Instant> times(List<LogEntry> entries, SignedContent content, byte[] leaf) {
        List<Instant> times = new ArrayList<>();
        Set<TransparencyLog> holding = new HashSet<>();
        for (LogEntry entry : entries) {
            Optional<TransparencyLog> log = log(entry);
            if (log.isPresent()) {
                check(entry, log.get());
                LogEntryBody.read(entry).requireOf(content, leaf);
                holding.add(log.get());
                promised(entry, log.get()).ifPresent(times::add);
            }
        }
        if (holding.isEmpty() && !logs.isEmpty()) {
            throw new Unaccepted("it is in no transparency log of the trusted root");
        }
        return times;
    }

    private Optional<TransparencyLog> log(LogEntry entry) {
        LogId id = LogId.of(entry.logId());
        return logs.stream().filter(log -> log.id().equals(id)).findFirst();
    }

    private static void check(LogEntry entry, TransparencyLog log) {
        boolean version2 = entry.version().equals(VERSION_2) && !entry.kind().equals(INTOTO);
        if (entry.inclusionProof().isEmpty() && (version2 || entry.inclusionPromise().length == 0)) {
            throw new Unaccepted("there is no proof that the log holds it");
        }
        entry.inclusionProof().ifPresent(proof -> check(entry, proof, log));
    }

    private static void check(LogEntry entry, InclusionProof proof, TransparencyLog log) {
        MerkleProof.check(entry.canonicalizedBody(), proof);
        Checkpoint checkpoint = Checkpoint.parse(proof.checkpoint());
        checkpoint.check(log);
        if (checkpoint.treeSize() != proof.treeSize() || !Arrays.equals(checkpoint.rootHash(), proof.rootHash())) {
            throw new Unaccepted("the log's checkpoint is of another tree");
        }
    }

    /** The time that the log signed together with the entry, which is the only one to be believed. */
    private static Optional<Instant> promised(LogEntry entry, TransparencyLog log) {
        if (entry.inclusionPromise().length == 0) {
            return Optional.empty();
        }
        if (!log.key().verifies(entry.inclusionPromise(), promise(entry))) {
            throw new Unaccepted("the log did not sign its promise to hold it");
        }
        Instant time = time(entry.integratedTime());
        if (!log.validFor().contains(time)) {
            throw new Unaccepted("the log was not trusted at " + time);
        }
        return Optional.of(time);
    }

    private static Instant time(long seconds) {
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new Unaccepted("the time of the log's entry is out of range");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** What the log signs, as canonical JSON (RFC 8785); nothing in it needs escaping. */
    private static byte[] promise(LogEntry entry) {
        return ("{\"body\":\"" + Base64.getEncoder().encodeToString(entry.canonicalizedBody())
                        + "\",\"integratedTime\":" + entry.integratedTime()
                        + ",\"logID\":\"" + LogId.of(entry.logId())
                        + "\",\"logIndex\":" + entry.logIndex() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

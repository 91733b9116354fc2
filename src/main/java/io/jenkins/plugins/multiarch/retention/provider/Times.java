package io.jenkins.plugins.multiarch.retention.provider;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as APIs write them (RFC 3339). */
final class Times {
    private Times() {}

    /** Nothing where it is no time, or that of Go's zero, which stands for none. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(Instant.EPOCH::isBefore);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

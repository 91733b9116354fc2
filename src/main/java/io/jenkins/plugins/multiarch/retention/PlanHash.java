package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What a plan is called: when it was made, for ages are counted from then, and the SHA-256 of what it deletes; written
 * {@code 20261121T201000Z-44136fa3…}.
 */
public record PlanHash(Instant time, Digest digest) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    public static PlanHash parse(String text) {
        String hash = text.strip();
        int dash = hash.indexOf('-');
        try {
            if (dash > 0) {
                return new PlanHash(
                        Instant.from(FORMAT.parse(hash.substring(0, dash))),
                        new Digest("sha256", hash.substring(dash + 1)));
            }
        } catch (DateTimeParseException | ReleaseException e) {
            throw refused(hash, e);
        }
        throw refused(hash, null);
    }

    private static ReleaseException refused(String text, Exception cause) {
        return new ReleaseException(
                "'" + Shown.of(text) + "' is not the hash of a plan.",
                "Copy it whole from the plan, as in 20261121T201000Z-44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.",
                cause);
    }

    @Override
    public String toString() {
        return FORMAT.format(time) + "-" + digest.hex();
    }
}

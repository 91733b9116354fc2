package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.promote.Receipts;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When things were made, and how long that is ago. */
final class Ages {
    /** Builds that can be repeated say 1970 or 1980, which is no date. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** In place of when an image was created: it could not be read, and may be anything. */
    static final Instant UNREAD = Instant.MAX;

    private static final String CREATED = "org.opencontainers.image.created";
    private static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";
    /** Of receipts that somebody signed; a summary of a verification is as good a sign that somebody wants an image. */
    private static final Set<String> SIGNED = Set.of(
            "https://plugins.jenkins.io/multiarch-release/predicates/promotion/v1",
            "https://slsa.dev/verification_summary/v1");

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([dhw])");
    private static final int DAYS_OF_WEEK = 7;

    private Ages() {}

    static Optional<Instant> created(Map<String, String> annotations) {
        return Optional.ofNullable(annotations.get(CREATED)).flatMap(Ages::read);
    }

    /** A date as images have it (RFC 3339); dates that mean nothing are none. */
    static Optional<Instant> read(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(FIRST::isBefore);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether a manifest is the receipt of a promotion, signed or not. */
    static boolean isReceipt(Manifest manifest) {
        return manifest.artifactType().equals(Receipts.PLAIN_TYPE)
                || SIGNED.contains(manifest.annotations().getOrDefault(PREDICATE_TYPE, ""));
    }

    static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return other.isEmpty() || one.filter(time -> time.isAfter(other.get())).isPresent() ? one : other;
    }

    /** Reads {@code 30d}, {@code 12h} or {@code 2w}. */
    static Duration parse(String text) {
        Matcher span = SPAN.matcher(text.strip());
        if (!span.matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not an age.", "Write days, hours or weeks, as in 30d, 12h or 2w.");
        }
        long count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "h" -> Duration.ofHours(count);
            case "w" -> Duration.ofDays(count * DAYS_OF_WEEK);
            default -> Duration.ofDays(count);
        };
    }

    /** As {@link #parse} reads it. */
    static String shown(Duration age) {
        return age.toHours() % Duration.ofDays(1).toHours() == 0 ? age.toDays() + "d" : age.toHours() + "h";
    }
}

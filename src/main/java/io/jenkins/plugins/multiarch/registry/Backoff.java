package io.jenkins.plugins.multiarch.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how patiently a call is repeated: each wait is twice the one before, shortened at random by up to half
 * so that many builds do not knock at once, and never shorter than the registry asks for.
 *
 * @param attempts how often a call is sent at most
 * @param first the wait after the first attempt
 */
public record Backoff(int attempts, Duration first) {
    public static final Backoff DEFAULT = new Backoff(5, Duration.ofMillis(500));

    /** The longest wait that a registry may ask for; where it asks for more the call fails and says so. */
    static final Duration LONGEST = Duration.ofSeconds(90);

    private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429, 500, 502, 503, 504);

    static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /** Whether the call may be sent again after this many attempts and this answer. */
    boolean allows(int attempt, Answer answer) {
        return attempt < attempts
                && isTemporary(answer.status())
                && asked(answer).compareTo(LONGEST) <= 0;
    }

    /** Waits as long as becomes a call that failed this many times. */
    public void pause(int attempt, Duration atLeast) throws InterruptedException {
        Waiter.CLOCK.await(delay(attempt, atLeast));
    }

    /** How long becomes a call that failed this many times. */
    Duration delay(int attempt, Duration atLeast) {
        long doubled = first.toMillis() << Math.min(attempt - 1, 6);
        long shortened = doubled - ThreadLocalRandom.current().nextLong(doubled / 2 + 1);
        return Duration.ofMillis(Math.max(shortened, atLeast.toMillis()));
    }

    /** The wait in {@code Retry-After}, given as seconds or as a date (RFC 9110, section 10.2.3). */
    static Duration asked(Answer answer) {
        return answer.header("Retry-After").flatMap(Backoff::read).orElse(Duration.ZERO);
    }

    static Optional<Duration> read(String value) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(Instant.now(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

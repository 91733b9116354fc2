package io.jenkins.plugins.multiarch.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an API says that it was asked too often, and how long it wants to be left alone.
 *
 * <p>Besides 429 with {@code Retry-After}: GitHub's 403 with {@code Retry-After}, with {@code x-ratelimit-remaining: 0} and
 * {@code x-ratelimit-reset}, or with words alone ("Rate limits for the REST API": then wait a minute at least); Docker Hub's
 * {@code X-Retry-After}, a time; and AWS's 400 with {@code ThrottlingException}.
 */
record ApiLimit(boolean reached, Duration pause) {
    private static final Duration UNSAID = Duration.ofMinutes(1);
    private static final Set<String> THROTTLED =
            Set.of("ThrottlingException", "TooManyRequestsException", "Throttling");

    static ApiLimit of(ApiAnswer answer, Instant now) {
        boolean used =
                answer.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
        Duration said = answer.header("Retry-After").flatMap(Backoff::read).orElse(Duration.ZERO);
        said = longer(said, until(answer.header("X-Retry-After"), now));
        if (used) {
            said = longer(said, until(answer.header("X-RateLimit-Reset"), now));
        }
        return switch (answer.status()) {
            case 429 -> new ApiLimit(true, said);
            case 403 -> {
                boolean inWords = answer.message().toLowerCase(Locale.ROOT).contains("rate limit");
                boolean reached =
                        used || inWords || answer.header("Retry-After").isPresent();
                yield new ApiLimit(reached, reached && inWords && said.isZero() ? UNSAID : said);
            }
            case 400 -> new ApiLimit(THROTTLED.contains(answer.code()), said);
            default -> new ApiLimit(false, said);
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** A time in seconds since 1970. */
    private static Duration until(Optional<String> time, Instant now) {
        return time.filter(text -> text.matches("[0-9]{1,11}"))
                .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))))
                .filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }
}

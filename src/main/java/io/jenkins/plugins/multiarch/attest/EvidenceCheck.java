package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds evidence that is genuine against what a policy asks of it. */
final class EvidenceCheck {
    /** How far the clocks of a builder and of the verifier may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final String predicateType;
    private final JsonNode predicate;
    private final Optional<Instant> time;
    private final Instant now;

    /** @param signedAt where somebody trusted says so */
    EvidenceCheck(Statement statement, Optional<Instant> signedAt, Instant now) {
        this.predicateType = statement.predicateType();
        this.predicate = statement.predicateJson();
        this.time = signedAt.or(this::said);
        this.now = now;
    }

    /** When it was made: by a trusted clock, else by the word of the trusted signer. */
    Optional<Instant> time() {
        return time;
    }

    /** Why it does not fit, as a clause; nothing where it does. */
    Optional<String> objection(Requirement rule) {
        return builder(rule)
                .or(() -> source(rule))
                .or(() -> ref(rule))
                .or(() -> script(rule))
                .or(() -> age(rule))
                .or(() -> findings(rule))
                .or(() -> result(rule));
    }

    private Optional<String> builder(Requirement rule) {
        return differs(
                "the builder",
                rule.builder(),
                predicate.at("/runDetails/builder/id").asText(""));
    }

    private Optional<String> source(Requirement rule) {
        String built = BuiltSource.of(predicate).repository();
        return BuiltSource.plain(rule.source()).equals(built)
                ? Optional.empty()
                : differs("the source", rule.source(), built);
    }

    private Optional<String> ref(Requirement rule) {
        String built = BuiltSource.of(predicate).ref();
        String pattern = List.of(rule.ref().split("\\*", -1)).stream()
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*" + other)
                .orElse("");
        return built.matches(pattern) ? Optional.empty() : differs("the ref", rule.ref(), built);
    }

    /** A source says nothing of a build that somebody gave another script. */
    private Optional<String> script(Requirement rule) {
        boolean asked = !rule.source().isEmpty() || !rule.ref().isEmpty();
        return asked && !rule.inline() ? BuiltSource.of(predicate).otherScript() : Optional.empty();
    }

    private static Optional<String> differs(String what, String asked, String found) {
        return asked.isEmpty() || asked.equals(found)
                ? Optional.empty()
                : Optional.of(what + " is '" + Shown.of(found) + "' and not '" + asked + "'");
    }

    private Optional<String> age(Requirement rule) {
        if (rule.maxAge().isEmpty()) {
            return Optional.empty();
        }
        if (time.isEmpty()) {
            return Optional.of("it does not say when it was made");
        }
        if (time.get().isAfter(now.plus(SKEW))) {
            return Optional.of("it says that it was made at " + time.get() + ", which is to come");
        }
        return time.get().plus(rule.maxAge().get()).isBefore(now)
                ? Optional.of("it was made at " + time.get() + ", which is too long ago")
                : Optional.empty();
    }

    private Optional<Instant> said() {
        return List.of(
                        "/runDetails/metadata/finishedOn",
                        "/runDetails/metadata/startedOn",
                        "/metadata/scanFinishedOn",
                        "/timeVerified",
                        "/metadata/timestamp",
                        "/creationInfo/created")
                .stream()
                .flatMap(place -> instant(predicate.at(place).asText("")).stream())
                .findFirst();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Optional<String> findings(Requirement rule) {
        if (rule.atMost().isEmpty()) {
            return Optional.empty();
        }
        JsonNode result = predicate.at("/scanner/result");
        if (!result.isArray()) {
            return Optional.of("its findings are in no form that can be counted");
        }
        Map<Severity, Integer> found = new EnumMap<>(Severity.class);
        for (JsonNode one : result) {
            Optional<String> unread = Severity.unread(one.path("severity"));
            if (unread.isPresent() && !rule.atMost().containsKey(Severity.UNKNOWN)) {
                return Optional.of("it has a severity that cannot be read: '" + Shown.of(unread.get()) + "'");
            }
            Severity worst = Severity.worst(one.path("severity"));
            found.merge(worst, 1, Integer::sum);
            if (unread.isPresent() && worst != Severity.UNKNOWN) {
                found.merge(Severity.UNKNOWN, 1, Integer::sum);
            }
        }
        return rule.atMost().entrySet().stream()
                .filter(limit -> found.getOrDefault(limit.getKey(), 0) > limit.getValue())
                .findFirst()
                .map(limit -> "it found " + found.get(limit.getKey()) + " of severity " + limit.getKey() + ", and "
                        + limit.getValue() + " are allowed");
    }

    /** A failure that somebody signed is evidence of the failure, and no reason to let an image through. */
    private Optional<String> result(Requirement rule) {
        String found = predicate
                .path("result")
                .asText(predicate.path("verificationResult").asText(""));
        if (rule.type().equals(EvidenceType.ANY) && EvidenceType.hasResult(predicateType) && found.equals("FAILED")) {
            return Optional.of("the result is 'FAILED'");
        }
        if (rule.type().equals(EvidenceType.SUMMARY)
                && VerificationSummary.promotion(predicate).isPresent()) {
            return Optional.of("it is the receipt of a promotion, which need not have verified anything");
        }
        return differs("the result", rule.result(), found);
    }
}

package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad a finding of a scan is, from best to worst; what cannot be read is {@link #UNKNOWN}. */
enum Severity {
    UNKNOWN,
    NEGLIGIBLE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Reads a word. */
    static Optional<Severity> parse(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.toString().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The worst that one of several methods says, in words or as a score of CVSS. */
    static Severity worst(JsonNode methods) {
        Severity worst = UNKNOWN;
        for (JsonNode method : methods) {
            Severity said = read(method.path("score").asText("").strip()).orElse(UNKNOWN);
            worst = said.compareTo(worst) > 0 ? said : worst;
        }
        return worst;
    }

    /** What somebody says of how bad a finding is, in a form that we do not know; nothing where all is read. */
    static Optional<String> unread(JsonNode methods) {
        if (!methods.isArray()) {
            return methods.isMissingNode() || methods.isNull() ? Optional.empty() : Optional.of(methods.toString());
        }
        for (JsonNode method : methods) {
            JsonNode score = method.isObject() ? method.path("score") : method;
            String text = score.isContainerNode()
                    ? score.toString()
                    : score.asText("").strip();
            if (!text.isEmpty() && !score.isNull() && read(text).isEmpty()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static Optional<Severity> read(String score) {
        return parse(score)
                .or(() -> score.matches("[0-9]{1,2}(?:\\.[0-9]+)?")
                        ? Optional.of(ofScore(Double.parseDouble(score)))
                        : Optional.empty());
    }

    /** CVSS v3.1, "Qualitative Severity Rating Scale". */
    private static Severity ofScore(double score) {
        if (score >= 7) {
            return score >= 9 ? CRITICAL : HIGH;
        }
        if (score > 0) {
            return score >= 4 ? MEDIUM : LOW;
        }
        return NEGLIGIBLE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

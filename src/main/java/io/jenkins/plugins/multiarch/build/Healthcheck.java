package io.jenkins.plugins.multiarch.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HEALTHCHECK as it stands in the configuration, times in nanoseconds. */
final class Healthcheck {
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1d, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private Healthcheck() {}

    static ObjectNode of(Instruction instruction) {
        instruction.refuseFlagsBut("interval", "timeout", "start-period", "start-interval", "retries");
        String[] parts = instruction.text().split("\\s+", 2);
        String kind = parts[0].toUpperCase(Locale.ROOT);
        ObjectNode json = Json.object();
        ArrayNode test = json.putArray("Test");
        if (kind.equals("NONE") && parts.length == 1) {
            test.add("NONE");
            return json;
        }
        if (!kind.equals("CMD") || parts.length == 1) {
            throw instruction.refused(
                    "HEALTHCHECK '" + Shown.of(instruction.text()) + "' is not known",
                    "Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.");
        }
        Instruction command = new Instruction(instruction.line(), "HEALTHCHECK", List.of(), parts[1], List.of());
        command.json()
                .ifPresentOrElse(
                        words -> {
                            test.add("CMD");
                            words.forEach(test::add);
                        },
                        () -> test.add("CMD-SHELL").add(parts[1]));
        putDuration(instruction, "interval", "Interval", json);
        putDuration(instruction, "timeout", "Timeout", json);
        putDuration(instruction, "start-period", "StartPeriod", json);
        putDuration(instruction, "start-interval", "StartInterval", json);
        instruction.flag("retries").ifPresent(value -> json.put("Retries", retries(instruction, value)));
        return json;
    }

    private static void putDuration(Instruction instruction, String flag, String field, ObjectNode json) {
        Optional<String> value = instruction.flag(flag);
        if (value.isEmpty()) {
            return;
        }
        if (!DURATION.matcher(value.get()).matches()) {
            throw instruction.refused(
                    "'" + Shown.of(value.get()) + "' is not a duration", "Write it as in --" + flag + "=1m30s.");
        }
        double nanos = 0;
        Matcher part = PART.matcher(value.get());
        while (part.find()) {
            nanos += Double.parseDouble(part.group(1)) * NANOS.get(part.group(2));
        }
        json.put(field, Math.round(nanos));
    }

    private static int retries(Instruction instruction, String value) {
        if (!value.matches("[0-9]{1,9}")) {
            throw instruction.refused(
                    "'" + Shown.of(value) + "' is not a number of retries", "Write it as in --retries=3.");
        }
        return Integer.parseInt(value);
    }
}

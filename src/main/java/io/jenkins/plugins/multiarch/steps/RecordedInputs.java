package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.plan.ManualInputs;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person or another job asked for, by the parameters {@code channel}, {@code version}, {@code rebuild} and {@code cache}. */
record RecordedInputs(ObjectNode parameters) {

    static ManualInputs of(Run<?, ?> run) {
        return new RecordedInputs(GivenParameters.of(run)).inputs();
    }

    ManualInputs inputs() {
        return new ManualInputs(
                text("channel"), text("version"), yesOrNo("rebuild").orElse(false), yesOrNo("cache"));
    }

    /** In whatever case the job writes their names. */
    private String text(String name) {
        return parameters.properties().stream()
                .filter(parameter -> parameter.getKey().toLowerCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .filter(JsonNode::isTextual)
                .map(value -> value.asText().strip())
                .findFirst()
                .orElse("");
    }

    private Optional<Boolean> yesOrNo(String name) {
        String text = text(name);
        return switch (text) {
            case "" -> Optional.empty();
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default ->
                throw new ReleaseException(
                        "The parameter " + name + " is '" + Shown.of(text) + "', which is neither true nor false.",
                        "Make it a boolean parameter, or give true or false.");
        };
    }
}

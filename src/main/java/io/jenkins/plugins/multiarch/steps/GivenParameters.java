package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.BooleanParameterValue;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.RunParameterValue;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.Optional;

/**
 * The parameters of a build, as far as everybody may read them: texts, choices, booleans and builds with their values. Of
 * uploaded files, credentials and whatever else plugins add, no more than the name; of secrets nothing.
 */
final class GivenParameters {
    /** The longest value that is told, in characters. */
    static final int MAX_LENGTH = 4096;

    private GivenParameters() {}

    /** By their names; {@code null} stands for a value that is not told. */
    static ObjectNode of(Run<?, ?> run) {
        ObjectNode parameters = Json.object();
        ParametersAction given = run.getAction(ParametersAction.class);
        if (given != null) {
            given.getParameters().stream()
                    .filter(parameter -> !parameter.isSensitive())
                    .forEach(parameter ->
                            parameters.put(parameter.getName(), text(parameter).orElse(null)));
        }
        return parameters;
    }

    private static Optional<String> text(ParameterValue parameter) {
        return value(parameter).filter(text -> text.length() <= MAX_LENGTH);
    }

    private static Optional<String> value(ParameterValue parameter) {
        if (parameter instanceof RunParameterValue build) {
            return Optional.ofNullable(build.getRunId());
        }
        return parameter instanceof StringParameterValue || parameter instanceof BooleanParameterValue
                ? Optional.ofNullable(parameter.getValue()).map(Object::toString)
                : Optional.empty();
    }
}

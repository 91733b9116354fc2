package io.jenkins.plugins.multiarch.builder;

/**
 * A secret of a build, by the environment variable that the builder reads it from; never its value.
 *
 * @param variable the variable's name
 * @param file whether the variable holds the path of a file with the secret, instead of the secret
 */
public record Secret(String variable, boolean file) {

    public Secret {
        Variable.checked(variable);
    }
}

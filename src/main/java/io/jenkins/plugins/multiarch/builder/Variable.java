package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.regex.Pattern;

/** The grammar of environment variables, which is all that plans and scripts know of a secret. */
final class Variable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Variable() {}

    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(name) + "' is not a name of an environment variable.",
                    "Write letters, digits and '_', not beginning with a digit.");
        }
        return name;
    }
}

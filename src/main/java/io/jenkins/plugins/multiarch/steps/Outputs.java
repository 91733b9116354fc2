package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where what was built goes besides a registry, several places from one build.
 *
 * @param archive the name that OCI archives of its platforms are kept under with the build
 * @param folder a folder of the build's artifacts that gets the files of the image, one folder a platform
 */
record Outputs(Optional<String> archive, Optional<String> folder) {
    /** What stands for the registry of the image. */
    static final String REGISTRY = "registry";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final String ARCHIVE = "oci-archive:";
    private static final String LOCAL = "local:";

    /**
     * Reads {@code registry}, {@code oci-archive:NAME} and {@code local:NAME}, with the values of a variant in them.
     *
     * @throws ReleaseException if one cannot be understood or is there twice
     */
    static Outputs parse(List<String> texts) {
        Outputs outputs = new Outputs(Optional.empty(), Optional.empty());
        for (String text : texts) {
            outputs = outputs.and(text);
        }
        return outputs;
    }

    private Outputs and(String text) {
        if (text.equals(REGISTRY)) {
            return this;
        }
        if (text.startsWith(ARCHIVE) && archive.isEmpty()) {
            return new Outputs(Optional.of(name(text, ARCHIVE)), folder);
        }
        if (text.startsWith(LOCAL) && folder.isEmpty()) {
            return new Outputs(archive, Optional.of(name(text, LOCAL)));
        }
        throw refused(text);
    }

    private static String name(String text, String kind) {
        String name = text.substring(kind.length());
        if (!NAME.matcher(name).matches()) {
            throw refused(text);
        }
        return name;
    }

    private static ReleaseException refused(String text) {
        return new ReleaseException(
                "'" + Shown.of(text) + "' is no output, or another of its kind was given.",
                "Write registry, oci-archive:NAME or local:NAME, each once; a name has letters, digits, '_', '.' and '-'.");
    }
}

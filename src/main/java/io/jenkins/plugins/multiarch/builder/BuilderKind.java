package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tools that can build an image, the one that is preferred first. */
public enum BuilderKind {
    /** {@code docker buildx build}, with whatever driver is set up. */
    BUILDX,
    /** {@code docker build} with the BuildKit of the daemon. */
    DOCKER,
    BUILDAH,
    PODMAN,
    /** Our own, which runs nothing. */
    DAEMONLESS;

    /** What leaves the choice to us. */
    public static final String AUTO = "auto";

    /**
     * Reads what a Jenkinsfile says.
     *
     * @return nothing for {@code auto} and for the empty text
     */
    public static Optional<BuilderKind> parse(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + Shown.of(text) + "' is not a builder.",
                        "Write auto, "
                                + Arrays.stream(values())
                                        .limit(values().length - 1)
                                        .map(BuilderKind::toString)
                                        .collect(Collectors.joining(", "))
                                + " or " + DAEMONLESS + ".")));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The base images of a Dockerfile as they are now, so that a build uses exactly those. */
public final class BasePins {

    private BasePins() {}

    /**
     * The exact image for every name in FROM and {@code --from} that the build needs and that has no digest; those that
     * the plan says already are as the plan says. What cannot be asked for is not pinned, and the log says so.
     *
     * @return to be given to {@link BuildPlan#withBaseImages}
     */
    public static Map<String, ImageRef> of(Path workspace, BuildPlan plan, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The registries that the build pulls base images from. */
    public static java.util.List<String> registries(BuildPlan plan, String dockerfile) {
        throw new UnsupportedOperationException();
    }
}

package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.util.Map;

/** The script with which a developer builds the same image on a laptop. */
public final class ReproduceScript {

    private ReproduceScript() {}

    /**
     * The text of {@code reproduce.sh} for one platform.
     *
     * @param repositoryUrl of the source; empty if it is not known
     * @param revision of the source
     * @param bases the exact base images that were used, by their name in the Dockerfile
     */
    public static String of(
            BuildPlan plan, ChosenBuilder chosen, String repositoryUrl, String revision, Map<String, ImageRef> bases) {
        throw new UnsupportedOperationException();
    }
}

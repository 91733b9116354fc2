package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;

/** Which builders a machine has, and which platforms they can build for. */
public record InstalledBuilders(Platform machine) {

    /** Asks the machine, with one short command. */
    public static InstalledBuilders probe(Commands commands) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * The builder that the plan names, or the best there is.
     *
     * @throws ReleaseException if it is not there, or cannot build for the platform
     */
    public ChosenBuilder choose(BuildPlan plan) {
        throw new UnsupportedOperationException();
    }
}

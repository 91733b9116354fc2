package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The files that a build needs beside the workspace. */
public final class PreparedBuild {

    private PreparedBuild() {}

    /**
     * Writes the files that the script needs into the private folder; nothing in the workspace is changed.
     *
     * @param folder made if it is not there, for this user alone
     * @param environment that the script will run in; the user's own docker configuration is found by it
     * @throws ReleaseException if a path of the plan leads out of the workspace or to nothing
     */
    public static void prepare(
            Path workspace, Path folder, BuildPlan plan, ChosenBuilder chosen, Map<String, String> environment)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}

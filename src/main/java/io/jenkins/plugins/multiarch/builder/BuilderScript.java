package io.jenkins.plugins.multiarch.builder;

/** The one shell script that builds. */
public final class BuilderScript {

    private BuilderScript() {}

    /**
     * The text of the script, for any POSIX shell, to be run in the workspace after {@link PreparedBuild#prepare}.
     *
     * @param folder the private folder, an absolute path; all that is written is below it
     * @return empty for the daemonless builder, which needs none
     */
    public static String of(BuildPlan plan, ChosenBuilder chosen, String folder) {
        throw new UnsupportedOperationException();
    }
}

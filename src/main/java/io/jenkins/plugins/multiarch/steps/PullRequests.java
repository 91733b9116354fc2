package io.jenkins.plugins.multiarch.steps;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Builds of pull requests, which write to no registry and sign nothing: what they build is nobody's release yet. */
final class PullRequests {
    /** Multibranch jobs give it to builds of pull requests. */
    private static final String CHANGE = "CHANGE_ID";

    private PullRequests() {}

    /** What Jenkins says of the build counts too, which no {@code withEnv} of the Jenkinsfile takes away. */
    static boolean isOne(StepContext context) throws IOException, InterruptedException {
        return context.get(EnvVars.class).containsKey(CHANGE)
                || context.get(Run.class)
                        .getEnvironment(context.get(TaskListener.class))
                        .containsKey(CHANGE);
    }

    /**
     * @param function the step that is about to write
     * @throws ReleaseException in the build of a pull request
     */
    static void refuse(StepContext context, String function) throws IOException, InterruptedException {
        refuse(context, function, "writes to a registry");
    }

    /** As {@link #refuse(StepContext, String)}, of a step that does something else. */
    static void refuse(StepContext context, String function, String what) throws IOException, InterruptedException {
        if (isOne(context)) {
            throw new ReleaseException(
                    "This build is of a pull request, and " + function + " " + what + ".",
                    "Call it in builds of branches and tags alone, as in if (!env.CHANGE_ID) { … }.");
        }
    }
}

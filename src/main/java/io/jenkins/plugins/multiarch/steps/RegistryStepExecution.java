package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Does a step's work where it is a single task. */
abstract class RegistryStepExecution<T extends Serializable> extends ResumableStepExecution<T> {
    private static final long serialVersionUID = 1L;

    RegistryStepExecution(StepContext context, @CheckForNull String credentialsId) {
        super(context, credentialsId);
    }

    /** The task, made anew for each run. */
    abstract RegistryTask<T> task();

    @Override
    final T result() throws IOException, InterruptedException {
        return carryOut(task());
    }
}

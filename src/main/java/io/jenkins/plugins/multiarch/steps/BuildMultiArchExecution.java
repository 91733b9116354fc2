package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Script;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.cps.CpsStepContext;
import org.jenkinsci.plugins.workflow.cps.CpsThread;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs {@link PackagedScript the packaged script} as the body of the step. From then on the Pipeline engine keeps what has
 * been done, over restarts too; this only passes an abort on.
 */
final class BuildMultiArchExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient BuildMultiArchStep step;
    private @CheckForNull BodyExecution body;

    BuildMultiArchExecution(BuildMultiArchStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        CpsStepContext context = (CpsStepContext) getContext();
        Script script;
        try {
            script = PackagedScript.with(new BuildSetup(step, context).variables());
        } catch (ReleaseException e) {
            throw RegistryCall.refused(e.getMessage(), e);
        }
        body = context.newBodyInvoker(CpsThread.current().getGroup().export(script), true)
                .withDisplayName(step.getImage())
                .withCallback(BodyExecutionCallback.wrap(context))
                .start();
        return false;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        if (body == null) {
            super.stop(cause);
        } else {
            body.cancel(cause);
        }
    }

    /** The body resumes by itself. */
    @Override
    public void onResume() {}
}

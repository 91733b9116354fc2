package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.GroovyRuntimeException;
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
            BuildSetup setup = new BuildSetup(step, context);
            script = PackagedScript.with(setup.work());
            if (setup.isFromScm()) {
                refuseUnlessFromScm(script);
            }
        } catch (ReleaseException e) {
            throw RegistryCall.refused(e.getMessage(), e);
        }
        body = context.newBodyInvoker(CpsThread.current().getGroup().export(script), true)
                .withDisplayName(step.getImage())
                .withCallback(BodyExecutionCallback.wrap(context))
                .start();
        return false;
    }

    /** The variable is there in every Pipeline, and tells only when it is read whether there is anything to check out. */
    private static void refuseUnlessFromScm(Script script) {
        try {
            script.getProperty("scm");
        } catch (GroovyRuntimeException e) {
            throw new ReleaseException(
                    "The source is scm, and this Pipeline does not come from one.",
                    "Give the source stash:NAME, or call buildMultiArch inside node to build its workspace.",
                    e);
        }
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

package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.GroovyRuntimeException;
import groovy.lang.Script;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
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
        BuildSetup setup = new BuildSetup(step, context);
        Script script;
        try {
            script = PackagedScript.with(setup.work());
            if (setup.isFromScm()) {
                refuseUnlessFromScm(script);
            }
        } catch (ReleaseException e) {
            ReleaseAction.of(context.get(Run.class)).releaseCaches(setup.id());
            throw RegistryCall.refused(e.getMessage(), e);
        }
        body = context.newBodyInvoker(CpsThread.current().getGroup().export(script), true)
                .withDisplayName(step.getImage())
                .withCallback(new Ended(setup.id()))
                .start();
        return false;
    }

    /** A step that failed may be tried again, and what it had to itself is the next one's then. */
    private static final class Ended extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final String id;

        Ended(String id) {
            this.id = id;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable problem) {
            try {
                ReleaseAction.of(context.get(Run.class)).releaseCaches(id);
            } catch (IOException | InterruptedException e) {
                problem.addSuppressed(e);
            }
            context.onFailure(problem);
        }
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

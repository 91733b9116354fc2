package org.jenkinsci.plugins.workflow.cps;

import org.jenkinsci.plugins.workflow.steps.StepContext;

public abstract class CpsStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    CpsStepContext() {}

    public native CpsBodyInvoker newBodyInvoker(BodyReference body, boolean unexport);
}

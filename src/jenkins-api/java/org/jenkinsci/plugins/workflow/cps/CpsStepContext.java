package org.jenkinsci.plugins.workflow.cps;

import hudson.model.Result;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

public class CpsStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    CpsStepContext() {}

    public native CpsBodyInvoker newBodyInvoker(BodyReference body, boolean unexport);

    @Override
    public native CpsBodyInvoker newBodyInvoker();

    @Override
    public final native <T> T get(Class<T> type) throws IOException, InterruptedException;

    @Override
    public synchronized native void onSuccess(Object result);

    @Override
    public synchronized native void onFailure(Throwable problem);

    @Override
    public native boolean isReady();

    @Override
    public native void setResult(Result result);
}

package org.jenkinsci.plugins.workflow.cps;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

class CpsBodyExecution extends BodyExecution {
    private static final long serialVersionUID = 1L;

    @Override
    public native Collection<StepExecution> getCurrentExecutions();

    @Override
    public native boolean isCancelled();

    @Override
    public native boolean isDone();

    @Override
    public native Object get() throws InterruptedException, ExecutionException;

    @Override
    public native Object get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException;
}

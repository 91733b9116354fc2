package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;
import java.util.Collection;
import java.util.concurrent.Future;

public abstract class BodyExecution implements Future<Object>, Serializable {
    private static final long serialVersionUID = 1L;

    public BodyExecution() {}

    public abstract Collection<StepExecution> getCurrentExecutions();

    @Override
    public native boolean cancel(boolean mayInterrupt);

    public native boolean cancel(Throwable problem);
}

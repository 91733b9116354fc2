package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Queue;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.Serializable;

public abstract class FlowExecutionOwner implements Serializable {
    private static final long serialVersionUID = 1L;

    public FlowExecutionOwner() {}

    public abstract Queue.Executable getExecutable() throws IOException;

    public native TaskListener getListener() throws IOException;
}

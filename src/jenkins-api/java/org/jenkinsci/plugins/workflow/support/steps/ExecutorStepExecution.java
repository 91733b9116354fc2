package org.jenkinsci.plugins.workflow.support.steps;

import hudson.model.Label;
import hudson.model.Queue;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

public class ExecutorStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    ExecutorStepExecution() {}

    @Override
    public native boolean start() throws Exception;

    @Override
    public native void stop(Throwable cause) throws Exception;

    public static final class PlaceholderTask implements Queue.Task {
        PlaceholderTask() {}

        public native FlowNode getNode() throws IOException, InterruptedException;

        public native boolean hasStarted();

        public native Label getAssignedLabel();

        @Override
        public native String getDisplayName();
    }
}

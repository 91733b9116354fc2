package org.jenkinsci.plugins.workflow.flow;

import hudson.ExtensionPoint;

public abstract class FlowExecutionListener implements ExtensionPoint {
    public FlowExecutionListener() {}

    public void onCreated(FlowExecution execution) {}

    public void onResumed(FlowExecution execution) {}
}

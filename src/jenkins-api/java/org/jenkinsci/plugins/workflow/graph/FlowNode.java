package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Actionable;
import java.io.IOException;
import java.util.List;

public abstract class FlowNode extends Actionable {
    FlowNode() {}

    public native String getId();

    public native List<FlowNode> getParents();

    public native String getEnclosingId();

    public native String getDisplayFunctionName();

    public native String getUrl() throws IOException;

    @Override
    public native String getDisplayName();

    @Override
    public native boolean equals(Object other);

    @Override
    public native int hashCode();
}

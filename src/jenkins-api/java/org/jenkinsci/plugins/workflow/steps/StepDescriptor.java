package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.Map;
import java.util.Set;

public abstract class StepDescriptor extends Descriptor<Step> {
    public StepDescriptor() {}

    public abstract Set<? extends Class<?>> getRequiredContext();

    public native Set<? extends Class<?>> getProvidedContext();

    public abstract String getFunctionName();

    public native boolean takesImplicitBlockArgument();

    public native boolean isAdvanced();

    public native Step newInstance(Map<String, Object> arguments) throws Exception;

    public native Map<String, Object> defineArguments(Step step) throws UnsupportedOperationException;

    public native String argumentsToString(Map<String, Object> namedArguments);

    public static native ExtensionList<StepDescriptor> all();
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** What the parts of buildMultiArch have in common: nobody writes them, so no form has them. */
abstract class PartDescriptor extends StepDescriptor {

    @Override
    public final boolean isAdvanced() {
        return true;
    }

    /** Plans are no reading for people. */
    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        return null;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }
}

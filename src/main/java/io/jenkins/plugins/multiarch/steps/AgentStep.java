package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The part of buildMultiArch that decides where a platform is built, and waits for an agent that is offline. Nothing is
 * built again that was built before its agent was lost.
 */
public final class AgentStep extends Step {
    /** What it is called in the packaged script. */
    static final String FUNCTION = "multiArchAgent";

    private final String cell;

    @DataBoundConstructor
    public AgentStep(String cell) {
        this.cell = cell;
    }

    public String getCell() {
        return cell;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new AgentExecution(cell, context);
    }

    /** A part of buildMultiArch, not offered in forms. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.AgentStep_displayName();
        }

        @Override
        public boolean isAdvanced() {
            return true;
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return null;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}

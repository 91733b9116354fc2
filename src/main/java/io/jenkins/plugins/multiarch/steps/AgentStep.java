package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
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

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PartDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.AgentStep_displayName();
        }
    }
}

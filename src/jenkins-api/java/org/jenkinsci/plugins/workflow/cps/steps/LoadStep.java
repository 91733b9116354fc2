package org.jenkinsci.plugins.workflow.cps.steps;

import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

public class LoadStep extends Step {
    LoadStep() {}

    @Override
    public native StepExecution start(StepContext context) throws Exception;

    public static class DescriptorImpl extends StepDescriptor {
        public DescriptorImpl() {}

        @Override
        public native String getFunctionName();

        @Override
        public native String getDisplayName();

        @Override
        public native Set<? extends Class<?>> getRequiredContext();
    }
}

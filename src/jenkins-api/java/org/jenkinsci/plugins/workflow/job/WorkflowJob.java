package org.jenkinsci.plugins.workflow.job;

import hudson.model.ItemGroup;
import hudson.model.Job;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;

public final class WorkflowJob extends Job<WorkflowJob, WorkflowRun> {
    public WorkflowJob(ItemGroup parent, String name) {
        super(parent, name);
    }

    public native FlowDefinition getDefinition();

    @Override
    public native WorkflowRun getLastBuild();
}

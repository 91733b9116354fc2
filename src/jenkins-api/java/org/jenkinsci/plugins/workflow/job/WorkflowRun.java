package org.jenkinsci.plugins.workflow.job;

import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

public final class WorkflowRun extends Run<WorkflowJob, WorkflowRun> {
    public WorkflowRun(WorkflowJob job) throws IOException {
        super(job);
    }

    public native FlowExecution getExecution();

    @Override
    public native WorkflowRun getPreviousBuild();

    public synchronized native List<ChangeLogSet<? extends ChangeLogSet.Entry>> getChangeSets();
}

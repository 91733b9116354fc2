package org.jenkinsci.plugins.workflow.cps;

import hudson.scm.SCM;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;

public class CpsScmFlowDefinition extends FlowDefinition {
    CpsScmFlowDefinition() {}

    public native SCM getScm();

    public native String getScriptPath();
}

package jenkins.scm.api;

import hudson.model.InvisibleAction;

public class SCMRevisionAction extends InvisibleAction {
    SCMRevisionAction() {}

    public native SCMRevision getRevision();

    public native String getSourceId();
}

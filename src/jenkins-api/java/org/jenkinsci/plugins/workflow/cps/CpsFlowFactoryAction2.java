package org.jenkinsci.plugins.workflow.cps;

import hudson.model.Action;

public interface CpsFlowFactoryAction2 extends Action {}

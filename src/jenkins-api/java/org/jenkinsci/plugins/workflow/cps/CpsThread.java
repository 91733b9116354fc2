package org.jenkinsci.plugins.workflow.cps;

import java.io.Serializable;

public final class CpsThread implements Serializable {
    private static final long serialVersionUID = 1L;

    CpsThread() {}

    public native CpsThreadGroup getGroup();

    public native CpsFlowExecution getExecution();

    public static native CpsThread current();
}

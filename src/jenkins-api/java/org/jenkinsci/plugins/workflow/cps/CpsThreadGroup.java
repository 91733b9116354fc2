package org.jenkinsci.plugins.workflow.cps;

import groovy.lang.Closure;
import groovy.lang.Script;
import java.io.Serializable;

public final class CpsThreadGroup implements Serializable {
    private static final long serialVersionUID = 1L;

    CpsThreadGroup() {}

    public native CpsFlowExecution getExecution();

    public native BodyReference export(Closure body);

    public native BodyReference export(Script body);
}

package org.jenkinsci.plugins.workflow.steps;

public class MissingContextVariableException extends Exception {
    private static final long serialVersionUID = 1L;

    public MissingContextVariableException(Class<?> type) {}

    public native Class<?> getType();
}

package org.jenkinsci.plugins.workflow.support.steps;

public final class AgentErrorCondition {
    AgentErrorCondition() {}

    public interface Retryable {}
}

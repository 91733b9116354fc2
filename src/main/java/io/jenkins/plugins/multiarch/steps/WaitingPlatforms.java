package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import jenkins.model.NodeListener;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Tells platforms that wait for an agent of what may end their waiting. */
final class WaitingPlatforms {
    private WaitingPlatforms() {}

    /** Not in the thread of whoever tells, who may hold the lock of the queue. */
    private static void look() {
        Timer.get().execute(() -> StepExecution.acceptAll(AgentExecution.class, AgentExecution::look));
    }

    /** An agent came; it has its channel by now, and so counts as online. */
    @Extension
    public static final class Arrivals extends ComputerListener {

        @Override
        public void onOnline(Computer computer, TaskListener listener) {
            look();
        }

        @Override
        public void onTemporarilyOnline(Computer computer) {
            look();
        }

        @Override
        public void onConfigurationChange() {
            look();
        }
    }

    /** An agent may have got another label; only from here on do labels know their agents. */
    @Extension
    public static final class Labels extends NodeListener {

        @Override
        protected void onCreated(Node node) {
            look();
        }

        @Override
        protected void onUpdated(Node before, Node after) {
            look();
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.ExtensionList;
import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Parts of buildMultiArch, the one that looks for an agent above all, called as the packaged script calls them, and not. */
@WithJenkins
class AgentStepTest {
    private static final String RESULT = "what was built";

    /** An optional platform, whose label no agent has. */
    static BuildCell cell(String onUnavailable) {
        BuildMultiArchStep step = new BuildMultiArchStep("registry.invalid/app");
        step.setPlatforms(List.of("linux/arm64"));
        step.setOptionalPlatforms(List.of("linux/arm64"));
        step.setOnUnavailable(onUnavailable);
        AgentLabels agents = new AgentLabels(Map.of("linux/arm64", "nowhere", "default", "emulators"));
        return BuildOrder.of(step, new BuildOrder.Surroundings("id", agents, false, false, ids -> Map.of()))
                .cells()
                .get(0);
    }

    /** As before the agent was lost. */
    @TestExtension("buildsNothingAgainThatWasBuiltBeforeItsAgentWasLost")
    public static final class BuiltBefore extends RunListener<Run<?, ?>> {
        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            PlatformRecord waiting = PlatformRecord.waiting("registry.invalid/app", "linux/arm64");
            try {
                ReleaseAction.of(run).record(cell("skip").id(), waiting.built("sha256:0", 1, 1, "log", RESULT));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void buildsNothingAgainThatWasBuiltBeforeItsAgentWasLost(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.succeeds(
                j, "echo \"done: ${multiArchAgent(cell: '" + cell("skip").toJson() + "').done}\"");

        j.assertLogContains("linux/arm64 was built already; it is not built again.", build);
        j.assertLogContains("done: " + RESULT, build);
        assertThat(ReleaseAction.of(build).getPlatforms())
                .extracting(PlatformRecord::getState)
                .containsExactly(PlatformRecord.State.BUILT);
    }

    /** A step that cannot read what it belongs to, as when the disk is full. */
    private static final class Broken extends StepContext {
        private static final long serialVersionUID = 1L;

        private final transient Exception problem;
        private transient Throwable failure;

        Broken(Exception problem) {
            this.problem = problem;
        }

        @Override
        public <T> T get(Class<T> key) throws IOException {
            if (problem instanceof IOException unreadable) {
                throw unreadable;
            }
            throw (RuntimeException) problem;
        }

        @Override
        public void onFailure(Throwable reason) {
            failure = reason;
        }

        @Override
        public void onSuccess(Object result) {
            throw new AssertionError(result);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return Futures.immediateFuture(null);
        }

        @Override
        public void setResult(Result result) {
            throw new AssertionError(result);
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new AssertionError();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IOException.class, IllegalStateException.class})
    void endsWhereItCannotGoOn(Class<? extends Exception> kind, JenkinsRule j) throws Exception {
        assertThat(j.jenkins.isTerminating()).isFalse();
        Exception problem = kind.getConstructor(String.class).newInstance("No space left on device");
        Broken context = new Broken(problem);

        new AgentExecution(cell("skip").toJson(), context).look();

        assertThat(context.failure).isSameAs(problem);
    }

    /** Without a label, it is no platform that waits there. */
    @Test
    void isNoReasonToTakeAnotherNodeOutOfTheQueue(JenkinsRule j) throws Exception {
        j.jenkins.setNumExecutors(0);
        WorkflowRun build =
                Pipelines.begins(j, "multiArchAgent(cell: '" + cell("skip").toJson() + "')\nnode { echo 'here' }");
        j.waitForMessage("Still waiting to schedule task", build);
        QueuedPlatforms queued = ExtensionList.lookupSingleton(QueuedPlatforms.class);

        queued.doRun();
        queued.doRun();

        assertThat(j.jenkins.getQueue().getItems()).hasSize(1);
        j.jenkins.setNumExecutors(1);
        j.assertBuildStatusSuccess(j.waitForCompletion(build));
    }

    /** The digests of a build are those that its agents found, for what it prepared there. */
    @Test
    void collectsNothingThatTheBuildDidNotPrepare(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(
                j, "node('built-in') { multiArchCollect(cell: '" + cell("skip").toJson() + "', status: 0) }");

        j.assertLogContains(
                "This build did not prepare linux/arm64 on " + j.jenkins.getDisplayName()
                        + ". Call buildMultiArch, which prepares what it builds.",
                build);
        assertThat(BuiltPlatforms.of(build).all()).isEmpty();
    }

    @Test
    void waitsForAnAgentThatEmulatesWhereNoneIsOnline(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.begins(
                j, "echo \"on ${multiArchAgent(cell: '" + cell("emulate").toJson() + "').label}\"");
        j.waitForMessage("linux/arm64 waits for an agent with the label nowhere, or for one that emulates it", build);

        j.createOnlineSlave(Label.get("emulators"));

        j.assertBuildStatusSuccess(j.waitForCompletion(build));
        j.assertLogContains("on emulators", build);
    }
}

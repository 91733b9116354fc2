package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
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
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The part of buildMultiArch that looks for an agent, called as the packaged script calls it. */
@WithJenkins
class AgentStepTest {
    private static final String RESULT = "what was built";

    /** An optional platform, whose label no agent has. */
    private static BuildCell cell(String onUnavailable) {
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
                ReleaseAction.of(run).record(cell("skip").id(), waiting.built("sha256:0", 1, "log", RESULT));
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

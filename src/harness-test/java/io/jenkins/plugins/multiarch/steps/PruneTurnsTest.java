package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A pruning that is in the middle while something else comes. */
@WithJenkins
class PruneTurnsTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private final Manifest old = registry.addImage("acme/app", "dev-1", "linux/amd64");
    private final Manifest kept = registry.addImage("acme/app", "dev-2", "linux/amd64");
    private JenkinsRule j;
    private WorkflowRun pruning;

    @BeforeEach
    void beginToPrune(JenkinsRule rule) throws Exception {
        j = rule;
        registry.on("DELETE", "/v2/acme/app/manifests/" + old.digest()).fail(Fault.hang());
        pruning = begins("prune", "pruneVersions repositories: ['" + app + "'], keep: ['dev-*=1'], apply: 'now'");
        registry.awaitHanging();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowRun begins(String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    @Test
    void promotionsIntoTheRepositoryWait() throws Exception {
        WorkflowRun promotion =
                begins("promote", "promoteTag image: '" + app + "@" + kept.digest() + "', tags: ['stable']");
        j.waitForMessage("Waiting for the pruning of " + app + ".", promotion);

        registry.release();

        j.assertBuildStatusSuccess(j.waitForCompletion(pruning));
        j.assertBuildStatusSuccess(j.waitForCompletion(promotion));
        assertThat(registry.tagged("acme/app", "stable")).contains(kept.digest());
    }

    @Test
    void anAbortLeavesAnArchiveOfWhatMayHaveGone() throws Exception {
        pruning.getExecutor().interrupt();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(pruning));
        j.waitForMessage("What was deleted until then is in the artifact pruned/pruned.jsonl.", pruning);
        assertThat(JenkinsRule.getLog(pruning)).doesNotContain("\tat ");
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RestoreVersionsPipelineTest {
    private static final String PRUNE = "pruneVersions repositories: ['REPO'], keep: ['dev-*=1'], apply: 'now'";

    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private final Manifest old = registry.addImage("acme/app", "dev-1", "linux/amd64", "linux/arm64");
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
        registry.addImage("acme/app", "dev-2", "linux/amd64", "linux/arm64");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowRun run(String name, String script) throws Exception {
        WorkflowJob job =
                j.jenkins.getItem(name) instanceof WorkflowJob there ? there : j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.replace("REPO", app), true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).get();
    }

    private void isRefused(String name, String script, String message) throws Exception {
        WorkflowRun build = j.assertBuildStatus(Result.FAILURE, run(name, script));
        j.assertLogContains("ERROR: " + message, build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
    }

    @Test
    void anotherJobBringsBackWhatABuildPruned() throws Exception {
        j.assertBuildStatusSuccess(run("prune", PRUNE));
        assertThat(registry.tagged("acme/app", "dev-1")).isEmpty();

        WorkflowRun build = j.assertBuildStatusSuccess(run("undo", """
                def back = restoreVersions repositories: ['REPO'], from: 'prune', build: 1
                echo "BACK ${back.restored.size()} ${back.left}"
                """));

        j.assertLogContains("BACK 4 []", build);
        j.assertLogContains("Restored " + app + ":dev-1 to " + old.digest() + ".", build);
        assertThat(registry.tagged("acme/app", "dev-1")).contains(old.digest());
    }

    @Test
    void theSameBuildBringsBackWhatItPrunedSecond() throws Exception {
        registry.addImage("acme/web", "dev-1", "linux/amd64");
        String web = registry.repository("acme/web").toString();

        j.assertBuildStatusSuccess(run("both", PRUNE + """

                def second = pruneVersions repositories: ['WEB'], keep: ['dev-*=0'], mayEmpty: true, apply: 'now'
                restoreVersions repositories: ['WEB'], archive: second.archive
                """.replace("WEB", web)));

        assertThat(registry.tags("acme/web")).containsExactly("dev-1");
        assertThat(registry.tags("acme/app")).containsExactly("dev-2");
    }

    @Test
    void nothingOfOtherRepositoriesComesBack() throws Exception {
        j.assertBuildStatusSuccess(run("prune", PRUNE));

        WorkflowRun build = j.assertBuildStatusSuccess(run("undo", """
                def back = restoreVersions repositories: ['%s'], from: 'prune'
                echo "BACK ${back.restored}"
                """.formatted(registry.repository("acme/web"))));

        j.assertLogContains("BACK []", build);
        assertThat(registry.tagged("acme/app", "dev-1")).isEmpty();
    }

    @Test
    void refusesWhatItCannotRestoreFrom() throws Exception {
        j.assertBuildStatusSuccess(run("idle", "echo 'nothing to do'"));

        isRefused(
                "none",
                "restoreVersions repositories: ['REPO'], from: 'idle'",
                "idle #1 has no artifact 'pruned/pruned.jsonl': it deleted nothing, or its artifacts were discarded since."
                        + " Name the build that pruned, and the artifact that its pruneVersions returned as archive.");
        isRefused(
                "outside",
                "restoreVersions repositories: ['REPO'], archive: '../../config.xml'",
                "'../../config.xml' is not the archive of a pruning. Write what pruneVersions returned as archive, as in"
                        + " pruned/pruned.jsonl.");
        isRefused(
                "nowhere",
                "restoreVersions repositories: []",
                "No repository was named, so there is nothing to restore. Name those that were pruned, as in"
                        + " ghcr.io/acme/app.");
        isRefused(
                "change",
                "withEnv(['CHANGE_ID=7']) { restoreVersions repositories: ['REPO'], from: 'idle' }",
                "This build is of a pull request, and restoreVersions writes to a registry.");
    }
}

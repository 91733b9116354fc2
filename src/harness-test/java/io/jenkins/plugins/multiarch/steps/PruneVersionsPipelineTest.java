package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Restoring;
import java.nio.file.Files;
import java.nio.file.Path;
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
class PruneVersionsPipelineTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private final Manifest old = registry.addImage("acme/app", "dev-1", "linux/amd64", "linux/arm64");
    private final Manifest kept = registry.addImage("acme/app", "dev-2", "linux/amd64", "linux/arm64");
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowRun run(String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.replace("REPO", app), true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).get();
    }

    private WorkflowRun succeeds(String name, String script) throws Exception {
        return j.assertBuildStatusSuccess(run(name, script));
    }

    private static Path artifact(WorkflowRun build, String path) {
        return build.getRootDir().toPath().resolve("archive").resolve(path);
    }

    @Test
    void aPlanDeletesNothingAndSaysWhy() throws Exception {
        WorkflowRun build = succeeds("plan", """
                def plan = pruneVersions repositories: ['REPO'], keep: ['dev-*': 1]
                echo "PLAN ${plan.changes} ${plan.freed > 0} ${plan.applied} ${plan.refusals} ${plan.repositories[0].deleted} ${plan.archive}"
                """);

        j.assertLogContains("PLAN 3 true false [] 3 ", build);
        j.assertLogContains("delete " + old.digest() + " (dev-1): ", build);
        assertThat(registry.tagged("acme/app", "dev-1")).isPresent();
        assertThat(Files.readString(artifact(build, "pruned/plan.json")))
                .contains(old.digest().toString());
        assertThat(artifact(build, "pruned/pruned.jsonl")).doesNotExist();
    }

    @Test
    void aPlanIsAppliedByItsHashAndWhatWentCanBeRestored() throws Exception {
        WorkflowRun build = succeeds("apply", """
                def rules = [repositories: ['REPO'], keep: ['dev-*=1']]
                def plan = pruneVersions(rules)
                def pruned = pruneVersions(rules + [apply: plan.hash])
                echo "PRUNED ${pruned.applied} ${pruned.deleted} ${pruned.failed} ${pruned.broken} ${pruned.archive} ${pruned.hash == plan.hash}"
                """);

        j.assertLogContains("PRUNED true 3 0 [] pruned/pruned.jsonl true", build);
        assertThat(registry.tags("acme/app")).containsExactly("dev-2");
        assertThat(registry.manifests("acme/app")).contains(kept.digest()).doesNotContain(old.digest());
        try (var artifacts = Files.list(artifact(build, "pruned"))) {
            assertThat(artifacts.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("plan.json", "pruned.jsonl");
        }
        Registry there = HttpRegistry.builder().build();
        new Restoring(there, any -> new PlainManifestStore(there), line -> {})
                .restore(artifact(build, "pruned/pruned.jsonl"), any -> true);
        assertThat(registry.tagged("acme/app", "dev-1")).contains(old.digest());
    }

    @Test
    void aPlanThatHoldsNoLongerDeletesNothing() throws Exception {
        WorkflowRun build = run("stale", """
                def plan = pruneVersions repositories: ['REPO'], keep: ['dev-*=1']
                pruneVersions repositories: ['REPO'], keep: ['dev-*=2'], apply: plan.hash
                """);

        j.assertBuildStatus(Result.FAILURE, build);
        j.assertLogContains("ERROR: Nothing was deleted: the plan ", build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        assertThat(registry.tagged("acme/app", "dev-1")).isPresent();
    }

    @Test
    void eachPruningOfABuildHasAnArchiveOfItsOwn() throws Exception {
        Manifest web = registry.addImage("acme/web", "dev-1", "linux/amd64");
        WorkflowRun build = succeeds("two", """
                def app = pruneVersions repositories: ['REPO'], keep: ['dev-*=1'], apply: 'now'
                def web = pruneVersions repositories: ['%s'], keep: ['dev-*=0'], mayEmpty: true, apply: 'now'
                echo "ARCHIVES ${app.archive} ${web.archive.replaceAll('[0-9]+', 'N')}"
                """.formatted(registry.repository("acme/web")));

        j.assertLogContains("ARCHIVES pruned/pruned.jsonl pruned/N-pruned.jsonl", build);
        assertThat(registry.manifests("acme/web")).doesNotContain(web.digest());
    }

    @Test
    void moreThanIsAllowedIsRefused() throws Exception {
        WorkflowRun build = run("many", """
                def rules = [repositories: ['REPO'], rules: [rules: [[tags: 'dev-*', keep: 1]], maxDeletes: 2]]
                echo "REFUSALS ${pruneVersions(rules).refusals}"
                pruneVersions(rules + [apply: 'now'])
                """);

        j.assertBuildStatus(Result.FAILURE, build);
        j.assertLogContains("REFUSALS [3 deletions are more than the 2 that are allowed.]", build);
        j.assertLogContains("ERROR: Nothing was deleted: 3 deletions are more than the 2 that are allowed.", build);
        assertThat(registry.tagged("acme/app", "dev-1")).isPresent();
    }

    @Test
    void aPullRequestPlansAndDeletesNothing() throws Exception {
        WorkflowRun build = run("change", """
                withEnv(['CHANGE_ID=7']) {
                    def plan = pruneVersions repositories: ['REPO'], keep: ['dev-*=1']
                    pruneVersions repositories: ['REPO'], keep: ['dev-*=1'], apply: plan.hash
                }
                """);

        j.assertBuildStatus(Result.FAILURE, build);
        j.assertLogContains("delete " + old.digest(), build);
        j.assertLogContains("This build is of a pull request, and pruneVersions writes to a registry.", build);
        assertThat(registry.tagged("acme/app", "dev-1")).isPresent();
    }
}

package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SourceJobs.says;

import hudson.model.Queue;
import hudson.model.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A replay runs a text that somebody typed, in the name of a repository that does not have it. */
@WithJenkins
class ReplayedSourceTest {
    private static final String DECLARATIVE = """
            pipeline {
              agent none
              stages {
                stage('Build') { steps { echo 'built' } }
                stage('Attest') { steps { echo 'attested' } }
              }
            }
            """;

    @TempDir
    Path folder;

    private JenkinsRule j;
    private SampleRepository app;
    private SourceJobs jobs;

    @BeforeEach
    void makeARepository(JenkinsRule rule) throws Exception {
        j = rule;
        app = SampleRepository.in(folder.resolve("app"));
        jobs = new SourceJobs(j, app);
    }

    @Test
    void isNotTheRepositoryOfTheTextOfAReplay() throws Exception {
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowRun first = j.buildAndAssertSuccess(jobs.job(app.scm("*/main"), true));

        WorkflowRun replay = replay(first, "echo 'replaced'");

        j.assertLogContains("replaced", replay);
        says(
                replay,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'inline': true, 'replayed': true}}",
                List.of());
    }

    @Test
    void isNotTheBranchOfTheTextOfAReplay() throws Exception {
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowRun first = jobs.branches("Jenkinsfile").getItem("main").getLastBuild();

        WorkflowRun replay = replay(first, "echo 'replaced'");

        j.assertLogContains("replaced", replay);
        says(
                replay,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'inline': true, 'replayed': true}}",
                List.of());
    }

    @Test
    void isNotTheRepositoryForTheRestartOfAReplay() throws Exception {
        app.commit("Jenkinsfile", DECLARATIVE);
        WorkflowRun first = j.buildAndAssertSuccess(jobs.job(app.scm("*/main"), true));
        WorkflowRun replay = replay(first, DECLARATIVE.replace("attested", "replaced"));

        Queue.Item restart =
                replay.getAction(RestartDeclarativePipelineAction.class).run("Attest");

        WorkflowRun restarted = (WorkflowRun) restart.getFuture().get();
        j.assertBuildStatus(Result.SUCCESS, restarted);
        j.assertLogContains("replaced", restarted);
        says(
                restarted,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'inline': true, 'replayed': true}}",
                List.of());
    }

    private WorkflowRun replay(WorkflowRun build, String script) throws Exception {
        WorkflowRun replay = (WorkflowRun)
                Objects.requireNonNull(build.getAction(ReplayAction.class).run(script, Map.of()))
                        .get();
        j.assertBuildStatus(Result.SUCCESS, replay);
        return replay;
    }
}

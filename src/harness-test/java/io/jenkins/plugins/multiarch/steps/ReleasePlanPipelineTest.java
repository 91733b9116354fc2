package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.triggers.TimerTrigger;
import java.nio.file.Path;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What builds of branches and tags may do, by what Jenkins recorded of them. */
@WithJenkins
class ReleasePlanPipelineTest {
    private static final String SAYS = """
            node('built-in') {
                checkout scm
                def p = releasePlan()
                echo "plan: ${p.rule} ${p.cause} publish=${p.publish} skip=${p.skip} channel=${p.channel} tags=${p.tags}"
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

    private WorkflowRun build(WorkflowMultiBranchProject project, String name) throws Exception {
        return j.buildAndAssertSuccess(project.getItem(name));
    }

    @Test
    void aBranchPublishesToItsChannel() throws Exception {
        String commit = app.commit("Jenkinsfile", SAYS);

        WorkflowRun build = jobs.branches("Jenkinsfile").getItem("main").getLastBuild();

        j.assertBuildStatusSuccess(build);
        j.assertLogContains("branch main, cause push:", build);
        j.assertLogContains("publish         yes                            rule main", build);
        j.assertLogContains(
                "plan: main push publish=true skip=false channel=dev tags=[dev, sha-" + commit + "]", build);
    }

    @Test
    void aTagPublishesAReleaseAndLeavesWhatIsHigher() throws Exception {
        app.commit("Jenkinsfile", SAYS);
        app.git("tag", "v1.4.2");
        app.git("tag", "v2.0.0");
        WorkflowMultiBranchProject project = jobs.branches("Jenkinsfile");

        WorkflowRun build = build(project, "v1.4.2");

        j.assertLogContains("tag v1.4.2, cause tag:", build);
        j.assertLogContains("plan: release tag publish=true skip=false channel= tags=[1.4.2, 1.4, 1, sha-", build);
        j.assertLogContains("2.0.0 is higher than 1.4.2", build);
    }

    @Test
    void aTimerMakesTheNightly() throws Exception {
        app.commit("Jenkinsfile", SAYS);
        WorkflowJob main = jobs.branches("Jenkinsfile").getItem("main");

        WorkflowRun build = j.assertBuildStatusSuccess(
                Objects.requireNonNull(main.scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause()))));

        j.assertLogContains("plan: nightly timer publish=true skip=false channel=nightly tags=[nightly, ", build);
    }

    @Test
    void aPersonIsHeardAndATimerIsNot() throws Exception {
        app.commit("Jenkinsfile", SAYS);
        WorkflowJob main = jobs.branches("Jenkinsfile").getItem("main");
        main.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANNEL")));
        ParametersAction asked = new ParametersAction(new StringParameterValue("CHANNEL", "nightly"));

        WorkflowRun byHand = j.assertBuildStatusSuccess(Objects.requireNonNull(
                main.scheduleBuild2(0, asked, new CauseAction(new hudson.model.Cause.UserIdCause()))));
        WorkflowRun byPush = j.assertBuildStatusSuccess(Objects.requireNonNull(main.scheduleBuild2(0, asked)));

        j.assertLogContains("plan: by-hand manual publish=true skip=false channel=nightly", byHand);
        j.assertLogContains("plan: main push publish=true skip=false channel=dev", byPush);
    }

    @Test
    void skipsWhereNothingThatMattersChangedSinceTheLastSuccess() throws Exception {
        app.commit("release-rules.json", "{\"paths\": [\"!docs/**\"]}");
        app.commit("Jenkinsfile", SAYS);
        WorkflowJob main = jobs.branches("Jenkinsfile").getItem("main");
        app.commit("docs/index.md", "# App");

        WorkflowRun skipped = j.buildAndAssertSuccess(main);
        app.commit("Jenkinsfile", SAYS + "error 'broken'");
        j.assertBuildStatus(hudson.model.Result.FAILURE, Objects.requireNonNull(main.scheduleBuild2(0)));
        app.commit("docs/index.md", "# The app");
        WorkflowRun stillBroken =
                j.assertBuildStatus(hudson.model.Result.FAILURE, Objects.requireNonNull(main.scheduleBuild2(0)));

        j.assertLogContains("The rules are those of release-rules.json.", skipped);
        j.assertLogContains("skip=true", skipped);
        j.assertLogContains("publish         no                             the build is skipped", skipped);
        j.assertLogContains("skip=false", stillBroken);
        j.assertLogContains("Jenkinsfile changed", stillBroken);
    }

    @Test
    void noVariableOfTheScriptDecides() throws Exception {
        app.commit("Jenkinsfile", """
                withEnv(['BRANCH_NAME=main', 'TAG_NAME=v9.9.9', 'BRANCH_IS_PRIMARY=true']) { %s }
                """.formatted(SAYS));
        app.git("checkout", "--quiet", "-b", "feature");
        app.commit("README", "a feature");
        app.git("checkout", "--quiet", "main");

        WorkflowRun build = jobs.branches("Jenkinsfile").getItem("feature").getLastBuild();

        j.assertBuildStatusSuccess(build);
        j.assertLogContains("plan: other push publish=false skip=false channel= tags=[]", build);
    }

    @Test
    void aVariableCanMakeItAPullRequestThatWritesNothing() throws Exception {
        app.commit("Jenkinsfile", "withEnv(['CHANGE_ID=7']) { " + SAYS + " }");

        WorkflowRun build = jobs.branches("Jenkinsfile").getItem("main").getLastBuild();

        j.assertBuildStatusSuccess(build);
        j.assertLogContains("plan: pull-request pull-request publish=false", build);
    }

    @Test
    void theScriptCannotSayAnotherRefThanItsJob() throws Exception {
        app.commit("Jenkinsfile", "releasePlan ref: 'refs/tags/v1.0.0'");

        WorkflowRun build = jobs.branches("Jenkinsfile").getItem("main").getLastBuild();

        j.assertBuildStatus(hudson.model.Result.FAILURE, build);
        j.assertLogContains("This build is of branch main, and ref says tag v1.0.0.", build);
    }

    @Test
    void aJobWithItsTextInItSaysTheRefItself() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                def p = releasePlan ref: 'refs/tags/v1.4.2', rules: [tags: ['type=semver,pattern={{version}}']]
                echo "plan: ${p.rule} ${p.version} ${p.tags} ${p.labels['org.opencontainers.image.version']}"
                """);
        WorkflowJob job = build.getParent();
        job.setDefinition(new CpsFlowDefinition("releasePlan()", true));
        WorkflowRun refused =
                j.assertBuildStatus(hudson.model.Result.FAILURE, Objects.requireNonNull(job.scheduleBuild2(0)));

        j.assertLogContains("plan: release 1.4.2 [1.4.2] 1.4.2", build);
        assertThat(JenkinsRule.getLog(refused))
                .contains("Jenkins does not know which branch or tag this build is of. Give ref,")
                .doesNotContain("\tat ");
    }

    @Test
    void theBranchThatTheHostCallsSoIsTheDefaultOne() throws Exception {
        app.commit("Jenkinsfile", SAYS);
        app.git("branch", "--move", "main", "trunk");
        app.git("branch", "main");

        WorkflowMultiBranchProject project = jobs.branches("Jenkinsfile");

        j.assertLogContains(
                "plan: main push publish=true", project.getItem("trunk").getLastBuild());
        j.assertLogContains(
                "plan: other push publish=false", project.getItem("main").getLastBuild());
    }
}

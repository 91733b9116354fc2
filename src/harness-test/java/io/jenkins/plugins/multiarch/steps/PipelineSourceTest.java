package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SourceJobs.says;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.SCMListener;
import hudson.scm.SCM;
import hudson.scm.SCMRevisionState;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryCachingConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PipelineSourceTest {
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

    private static Map<String, Object> reportedByAnAgent(Map<String, Object> checkout) {
        return Map.of(
                "uri", checkout.get("uri"),
                "digest", checkout.get("digest"),
                "annotations", Map.of("reportedBy", "agent"));
    }

    @Test
    void isTheRevisionThatJenkinsChoseForABranch() throws Exception {
        String commit = app.commit("ci/Jenkinsfile", "node { checkout scm }");

        WorkflowRun build = jobs.branches("ci/Jenkinsfile").getItem("main").getLastBuild();

        j.assertBuildStatusSuccess(build);
        says(
                build,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'path': 'ci/Jenkinsfile'}}",
                List.of(app.at("refs/heads/main", commit)));
        PipelineSource recorded = PipelineSource.of(build);
        build.reload();
        assertThat(PipelineSource.of(build)).isEqualTo(recorded);
    }

    @Test
    void isTheTagOfATagsJob() throws Exception {
        String commit = app.commit("Jenkinsfile", "echo 'built'");
        app.git("-c", "user.name=Test", "-c", "user.email=test@localhost", "tag", "-a", "v1", "-m", "v1");
        WorkflowJob job = jobs.branches("Jenkinsfile").getItem("v1");

        WorkflowRun build = j.buildAndAssertSuccess(job);

        says(
                build,
                "{" + app.source("refs/tags/v1") + ", 'pipeline': {'path': 'Jenkinsfile'}}",
                List.of(app.at("refs/tags/v1", commit)));
    }

    /** Only Jenkins' own reading of the text names the commit, not what the script checks out first. */
    @Test
    void isWhatWasCheckedOutOnTheControllerForTheText() throws Exception {
        String other = otherBranch();
        String commit = app.commit("Jenkinsfile", "node { " + app.checkout("other") + " }");
        WorkflowJob job = jobs.job(app.scm("*/main"), false);

        WorkflowRun build = j.buildAndAssertSuccess(job);

        says(
                build,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'path': 'Jenkinsfile'}}",
                List.of(app.at("refs/heads/main", commit), reportedByAnAgent(app.at(other))));
    }

    private String otherBranch() throws Exception {
        app.commit("README", "an app");
        app.git("checkout", "--quiet", "-b", "other");
        String other = app.commit("README", "another app");
        app.git("checkout", "--quiet", "main");
        return other;
    }

    @Test
    void hasNoCommitWhereNothingWasCheckedOutForTheText() throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        String other = otherBranch();
        SampleRepository elsewhere = SampleRepository.in(folder.resolve("elsewhere"));
        String strange = elsewhere.commit("README", "another project");
        app.commit("Jenkinsfile", "node('linux') {\n" + elsewhere.checkout("main") + app.checkout("other") + "}");
        WorkflowJob job = jobs.job(app.scm("refs/heads/main"), true);

        WorkflowRun build = j.buildAndAssertSuccess(job);

        says(
                build,
                "{" + app.source("refs/heads/main") + ", 'pipeline': {'path': 'Jenkinsfile'}}",
                List.of(
                        app.atRef("refs/heads/main"),
                        reportedByAnAgent(elsewhere.at(strange)),
                        reportedByAnAgent(app.at(other))));
    }

    @Test
    void isNotSaidOfSeveralRemotes() throws Exception {
        SampleRepository fork = SampleRepository.in(folder.resolve("fork"));
        fork.commit("Jenkinsfile", "echo 'built'");
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowJob job = jobs.job(app.scm("origin/main", fork.url()), false);

        WorkflowRun build = j.buildAndAssertSuccess(job);

        says(build, "{'pipeline': {'path': 'Jenkinsfile'}}", List.of());
    }

    @Test
    void isTheJobForATextThatIsInIt() throws Exception {
        String commit = app.commit("README", "an app");

        WorkflowRun build = Pipelines.succeeds(j, "node { " + app.checkout("main") + " }");

        says(build, "{'pipeline': {'inline': true}}", List.of(reportedByAnAgent(app.at(commit))));
    }

    @Test
    void listsSharedLibrariesWithTheirCommitOrWithoutIt() throws Exception {
        SampleRepository helpers = SampleRepository.in(folder.resolve("helpers"));
        String commit = helpers.commit("vars/hello.groovy", "def call() { echo 'hello' }");
        LibraryConfiguration library = new LibraryConfiguration("helpers", new SCMSourceRetriever(helpers.source()));
        library.setCachingConfiguration(new LibraryCachingConfiguration(60, ""));
        GlobalLibraries.get().setLibraries(List.of(library));
        Map<String, Object> named = Map.of(
                "name", "helpers", "uri", "jenkins-library:helpers@main", "annotations", Map.of("version", "main"));

        WorkflowRun first = Pipelines.succeeds(j, "@Library('helpers@main') _\nhello()");
        WorkflowRun second = j.buildAndAssertSuccess(first.getParent());

        says(first, "{'pipeline': {'inline': true}}", List.of(helpers.at(commit), named));
        j.assertLogContains("is cached", second);
        says(second, "{'pipeline': {'inline': true}}", List.of(named));
    }

    @Test
    void staysWhatItWasWhenTheBuildBegan() throws Exception {
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowRun build = Pipelines.begins(j, "semaphore 'wait'");
        SemaphoreStep.waitForStart("wait/1", build);

        build.getParent().setDefinition(new CpsScmFlowDefinition(app.scm("*/main"), "Jenkinsfile"));
        SemaphoreStep.success("wait/1", null);
        j.assertBuildStatusSuccess(j.waitForCompletion(build));

        says(build, "{'pipeline': {'inline': true}}", List.of());
    }

    /** The text may be of before or of after, and nobody can tell which. */
    @Test
    void isUnknownWhereTheJobChangedWhileItsTextWasFetched() throws Exception {
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowJob job = jobs.job(app.scm("*/main"), false);
        ExtensionList.lookup(SCMListener.class).add(new SCMListener() {
            @Override
            public void onCheckout(
                    Run<?, ?> build,
                    SCM scm,
                    FilePath workspace,
                    TaskListener listener,
                    File changelogFile,
                    SCMRevisionState pollingBaseline)
                    throws Exception {
                job.setDefinition(new CpsFlowDefinition("echo 'other'", true));
            }
        });

        WorkflowRun build = j.buildAndAssertSuccess(job);

        says(build, "{}", List.of(app.at(app.git("rev-parse", "HEAD"))));
    }

    @Test
    void hasNoPathThatABuildFillsIn() throws Exception {
        app.commit("Jenkinsfile", "echo 'built'");
        WorkflowJob job = j.createProject(WorkflowJob.class, "app");
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(app.scm("*/main"), "${NONE}Jenkinsfile");
        definition.setLightweight(true);
        job.setDefinition(definition);

        WorkflowRun build = Objects.requireNonNull(job.scheduleBuild2(0)).get();

        says(build, "{" + app.source("refs/heads/main") + "}", List.of());
    }
}

package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.Objects;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A pull request as a multibranch job finds it. */
@WithJenkins
class PullRequestHeadTest {

    /** A host of repositories that has one pull request and nothing else. */
    public static final class OnePullRequest extends SCMSource {
        private final String jenkinsfile;

        OnePullRequest(String jenkinsfile) {
            this.jenkinsfile = jenkinsfile;
        }

        @Override
        protected void retrieve(
                SCMSourceCriteria criteria,
                @NonNull SCMHeadObserver observer,
                SCMHeadEvent<?> event,
                @NonNull TaskListener listener)
                throws IOException, InterruptedException {
            Head head = new Head();
            observer.observe(head, new Revision(head));
        }

        @Override
        public SCM build(@NonNull SCMHead head, SCMRevision revision) {
            return new SingleFileSCM("Jenkinsfile", jenkinsfile);
        }

        /** How Jenkins shows it. */
        @TestExtension
        public static final class DescriptorImpl extends SCMSourceDescriptor {}
    }

    /** Number seven. */
    public static final class Head extends SCMHead implements ChangeRequestSCMHead {
        private static final long serialVersionUID = 1L;

        Head() {
            super("PR-7");
        }

        @Override
        public String getId() {
            return "7";
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead("main");
        }
    }

    /** Its only one. */
    public static final class Revision extends SCMRevision {
        private static final long serialVersionUID = 1L;

        Revision(Head head) {
            super(head);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Revision;
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    private static WorkflowRun built(JenkinsRule j, String script) throws Exception {
        WorkflowMultiBranchProject project = j.createProject(WorkflowMultiBranchProject.class, "app");
        project.getSourcesList().add(new BranchSource(new OnePullRequest(script)));
        Objects.requireNonNull(project.scheduleBuild2(0)).getFuture().get();
        j.waitUntilNoActivity();
        return project.getItem("PR-7").getLastBuild();
    }

    private static WorkflowRun isRefused(JenkinsRule j, String script) throws Exception {
        return j.assertBuildStatus(Result.FAILURE, built(j, script));
    }

    @Test
    void planPublishesNothing(JenkinsRule j) throws Exception {
        WorkflowRun build =
                built(j, "withEnv(['CHANGE_ID=', 'BRANCH_NAME=main']) { echo \"rule ${releasePlan().rule}\" }");

        j.assertBuildStatusSuccess(build);
        j.assertLogContains("pull request 7, cause pull-request:", build);
        j.assertLogContains("publish         no                             a pull request writes nothing", build);
        j.assertLogContains("rule pull-request", build);
    }

    @Test
    void signsNoImage(JenkinsRule j) throws Exception {
        WorkflowRun build = isRefused(j, "attest image: 'registry.invalid/app:1.0', keyCredentialsId: 'release-key'");

        j.assertLogContains(
                "This build is of a pull request, and attest writes to a registry. Call it in builds of branches and"
                        + " tags alone, as in if (!env.CHANGE_ID) { … }.",
                build);
    }

    @Test
    void pushesNoArtifact(JenkinsRule j) throws Exception {
        WorkflowRun build = isRefused(
                j, "withEnv(['CHANGE_ID=']) { pushArtifact repository: 'registry.invalid/app', chart: 'app.tgz' }");

        j.assertLogContains("This build is of a pull request, and pushArtifact writes to a registry.", build);
    }

    @Test
    void signsNoFile(JenkinsRule j) throws Exception {
        WorkflowRun build =
                isRefused(j, "withEnv(['CHANGE_ID=']) { attest files: ['app.tar'], keyCredentialsId: 'release-key' }");

        j.assertLogContains("This build is of a pull request, and attest signs files.", build);
    }
}

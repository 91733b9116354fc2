package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.Label;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is refused before anything is built. */
@WithJenkins
class BuildMultiArchRefusalsTest {
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    private void isRefused(String arguments, String message) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "buildMultiArch image: 'registry.invalid/app', " + arguments);

        j.assertLogContains("ERROR: " + message, build);
    }

    @Test
    void refusesAWorkspaceOutsideNode() throws Exception {
        isRefused(
                "source: 'workspace', agents: [default: 'linux']",
                "The source is the workspace, and buildMultiArch was called outside node, where there is none. Call it"
                        + " inside node, or give the source scm or stash:NAME.");
    }

    @Test
    void refusesFilesFromElsewhereInsideNodeWithoutALabel() throws Exception {
        WorkflowRun build = Pipelines.isRefused(
                j,
                "node('built-in') { buildMultiArch image: 'registry.invalid/app', source: 'stash:x', platforms:"
                        + " ['linux/arm64'] }");

        j.assertLogContains(
                "ERROR: Nothing says which agents build linux/arm64. Give their label, as in agents: ['linux/arm64':"
                        + " 'arch-arm64'], or have it set once for all jobs in the global configuration.",
                build);
    }

    @Test
    void refusesToCheckOutWhatIsNowhere() throws Exception {
        isRefused(
                "agents: [default: 'built-in']",
                "The source is scm, and this Pipeline does not come from one. Give the source stash:NAME, or call"
                        + " buildMultiArch inside node to build its workspace.");
    }

    private static String withCache(String agent) {
        return "buildMultiArch image: 'registry.invalid/app', source: 'stash:x', platforms: ['linux/arm64'],"
                + " onUnavailable: 'wait', agents: [default: '" + agent
                + "'], cache: [reference: 'registry.invalid/cache']";
    }

    @Test
    void refusesTwoWritersOfOneCache() throws Exception {
        String step = "{ " + withCache("nowhere") + " }";

        WorkflowRun build = Pipelines.isRefused(j, "parallel failFast: true, one: " + step + ", other: " + step);

        j.assertLogContains(
                "ERROR: The cache registry.invalid/cache:linux-arm64 is written by another buildMultiArch of this build"
                        + " already. Give each its own reference, or let only one write: cache: [reference: '…', write:"
                        + " false].",
                build);
    }

    @Test
    void letsAStepWriteTheCacheOfOneThatFailed() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "retry(2) { " + withCache("built-in") + " }");

        j.assertLogContains("Retrying", build);
        j.assertLogNotContains("is written by another", build);
    }

    @Test
    void letsAStepWriteTheCacheOfOneThatWasRefused() throws Exception {
        String refused = withCache("built-in")
                .replace("['linux/arm64']", "['linux/arm64', 'linux/amd64']")
                .replace("default: 'built-in'", "'linux/arm64': 'built-in', 'linux/amd64': 'a &&'");

        WorkflowRun build = Pipelines.isRefused(
                j, "try { " + refused + " } catch (e) { echo e.message }\n" + withCache("built-in"));

        j.assertLogContains("is not a label expression", build);
        j.assertLogNotContains("is written by another", build);
    }

    @Test
    void refusesALabelThatNoAgentHas() throws Exception {
        isRefused(
                "agents: [default: 'nowhere']",
                "No agent has the label nowhere, which builds linux/amd64. Correct agents, give an agent this label, or"
                        + " say what to do with onUnavailable.");
    }

    @Test
    void refusesALabelForEmulationThatNoAgentHas() throws Exception {
        isRefused(
                "platforms: ['linux/arm64'], agents: ['linux/arm64': 'built-in', default: 'nowhere'], onUnavailable:"
                        + " 'emulate'",
                "No agent has the label nowhere, which emulates linux/arm64 when its own agents are offline. Correct the"
                        + " default in agents, or give an agent this label.");
    }

    @Test
    void refusesALabelThatIsNoExpression() throws Exception {
        isRefused(
                "agents: [default: 'a &&']",
                "'a &&' is not a label expression. Write a label, or several joined by && or ||, as in arch-arm64 &&"
                        + " big.");
    }

    @Test
    void refusesToWaitForItself() throws Exception {
        String agent = j.createOnlineSlave(Label.get("only")).getDisplayName();

        WorkflowRun build = Pipelines.isRefused(
                j,
                "node('only') { buildMultiArch image: 'registry.invalid/app', source: 'stash:x', agents: [default:"
                        + " 'only'] }");

        j.assertLogContains(
                "ERROR: linux/amd64 would wait for ever: " + agent
                        + " is the only agent with the label only, and its one"
                        + " executor is held by the node that buildMultiArch was called in. Call buildMultiArch outside"
                        + " node, or leave source out to build in this workspace.",
                build);
    }

    @Test
    void failsAtOnceWithoutAnAgentWhereThatWasAskedFor() throws Exception {
        isRefused(
                "source: 'stash:x', platforms: ['linux/arm64'], agents: [default: 'nowhere'], onUnavailable: 'fail'",
                "No agent with the label nowhere was online to build linux/arm64. Bring one back, or say with"
                        + " onUnavailable what to do without.");
    }

    @Test
    void refusesAnImageOfNoPlatforms() throws Exception {
        isRefused(
                "source: 'stash:x', platforms: ['linux/arm64'], optionalPlatforms: ['linux/arm64'], agents: [default:"
                        + " 'nowhere'], onUnavailable: 'skip'",
                "No platform of registry.invalid/app was built. Bring an agent online that builds one of them.");
    }

    @Test
    void refusesASecretThatIsNotThere() throws Exception {
        isRefused(
                "secrets: [npm: 'gone'], agents: [default: 'nowhere']",
                "Credentials 'gone' for the secret npm were not found: release may use none with this id. Create a"
                        + " 'Secret text' or a 'Secret file' with this id where the job can see it.");
    }

    @Test
    void refusesASecretOfAnotherKind() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(new Odd("odd"));

        isRefused(
                "secrets: [npm: 'odd'], agents: [default: 'nowhere']",
                "Credentials 'odd' for the secret npm are of the kind 'Odd credentials', which a build cannot read. Give"
                        + " the id of a 'Secret text', a 'Secret file', or a 'Username with password'.");
    }

    /** Credentials that hold nothing a build could read. */
    public static final class Odd extends BaseStandardCredentials {
        private static final long serialVersionUID = 1L;

        Odd(String id) {
            super(CredentialsScope.GLOBAL, id, "");
        }

        @TestExtension
        public static final class DescriptorImpl extends CredentialsDescriptor {
            @Override
            public String getDisplayName() {
                return "Odd credentials";
            }
        }
    }
}

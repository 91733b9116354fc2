package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the step refuses before it asks for an agent. */
@WithJenkins
class BuildMultiArchRefusalsTest {
    private static final String STEP = "buildMultiArch image: 'ghcr.io/acme/app', platforms: ['linux/arm64'], ";

    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    private void refuses(String script, String message) throws Exception {
        assertThat(JenkinsRule.getLog(Pipelines.isRefused(j, script)))
                .contains("ERROR: " + message)
                .doesNotContain("multiArchAgent");
    }

    @Test
    void aLabelThatNobodyCanRead() throws Exception {
        refuses(
                STEP + "source: 'stash:s', agents: [default: 'arch-arm64 &&']",
                "'arch-arm64 &&' is not a label expression. Write a label, or several joined by && or ||, as in"
                        + " arch-arm64 && big.");
    }

    @Test
    void aLabelThatNoAgentHas() throws Exception {
        refuses(
                STEP + "source: 'stash:s', agents: [default: 'arch-arm46']",
                "No agent has the label arch-arm46, which builds linux/arm64. Correct agents, give an agent this label, or"
                        + " say what to do with onUnavailable.");
    }

    @Test
    void toWaitForTheExecutorThatItHolds() throws Exception {
        j.createOnlineSlave(Label.get("arch-arm64"));

        refuses(
                "node('arch-arm64') { " + STEP + "source: 'stash:s', agents: [default: 'arch-arm64'] }",
                "linux/arm64 would wait for ever: slave0 is the only agent with the label arch-arm64, and its one executor is"
                        + " held by the node that buildMultiArch was called in. Call buildMultiArch outside node, or leave"
                        + " source out to build in this workspace.");
    }

    @Test
    void aWorkspaceWhereThereIsNone() throws Exception {
        refuses(
                STEP + "source: 'workspace', agents: [default: 'built-in']",
                "The source is the workspace, and buildMultiArch was called outside node, where there is none. Call it"
                        + " inside node, or give the source scm or stash:NAME.");
    }

    @Test
    void aSourceFromNowhere() throws Exception {
        refuses(
                STEP + "agents: [default: 'built-in']",
                "The source is scm, and this Pipeline does not come from one. Give the source stash:NAME, or call"
                        + " buildMultiArch inside node to build its workspace.");
    }

    @Test
    void aSecretThatTheJobMayNotUse() throws Exception {
        refuses(
                STEP + "source: 'stash:s', agents: [default: 'built-in'], secrets: [npm: 'npm-token']",
                "Credentials 'npm-token' for the secret npm were not found: release may use none with this id. Create a"
                        + " 'Secret text' or a 'Secret file' with this id where the job can see it.");
    }

    /** Credentials of a kind that nobody has heard of. */
    public static final class Strange extends BaseStandardCredentials {
        private static final long serialVersionUID = 1L;

        Strange(String id) {
            super(CredentialsScope.GLOBAL, id, "");
        }
    }

    @Test
    void credentialsThatABuildCannotRead() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(new Strange("npm-token"));

        refuses(
                STEP + "source: 'stash:s', agents: [default: 'built-in'], secrets: [npm: 'npm-token']",
                "Credentials 'npm-token' for the secret npm are of the kind 'Strange', which a build cannot read. Give the id"
                        + " of a 'Secret text', a 'Secret file', or a 'Username with password'.");
    }

    @Test
    void aPlatformWhoseAgentIsOffline() throws Exception {
        j.createSlave(Label.get("arch-arm64"));

        String log = JenkinsRule.getLog(Pipelines.isRefused(
                j, STEP + "source: 'stash:s', agents: [default: 'arch-arm64'], onUnavailable: 'fail'"));

        assertThat(log)
                .contains("ERROR: No agent with the label arch-arm64 was online to build linux/arm64. Bring one back, or say"
                        + " with onUnavailable what to do without.");
    }
}

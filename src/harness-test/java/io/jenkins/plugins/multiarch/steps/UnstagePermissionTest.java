package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build takes images from jobs that whoever it runs as may read, and from no others. */
@WithJenkins
class UnstagePermissionTest {
    private static final String TAKE = "node { unstageImage name: 'app', from: '/secret/app', archive: 'image.tar' }";

    private JenkinsRule j;
    private MockFolder folder;
    private WorkflowJob app;
    private WorkflowJob tests;

    @BeforeEach
    void stage(JenkinsRule rule) throws Exception {
        j = rule;
        folder = j.createFolder("secret");
        app = folder.createProject(WorkflowJob.class, "app");
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.4", "linux/amd64");
            app.setDefinition(new CpsFlowDefinition(
                    "node { stageImage name: 'app', image: '%s:1.4' }".formatted(registry.repository("acme/app")),
                    true));
            j.buildAndAssertSuccess(app);
        }
        tests = j.createProject(WorkflowJob.class, "tests");
        tests.setDefinition(new CpsFlowDefinition(TAKE, true));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
    }

    private void allow(MockAuthorizationStrategy strategy) {
        j.jenkins.setAuthorizationStrategy(
                strategy.grant(Jenkins.ADMINISTER).everywhere().to("admin"));
    }

    private WorkflowRun refused() throws Exception {
        WorkflowRun build = Objects.requireNonNull(tests.scheduleBuild2(0)).get();
        j.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        return build;
    }

    @Test
    void aBuildOfTheSystemSeesWhatEverybodySeesWhoIsLoggedIn() throws Exception {
        allow(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toAuthenticated());

        j.buildAndAssertSuccess(tests);
    }

    @Test
    void aBuildOfTheSystemDoesNotSeeWhatOnlySomeSee() throws Exception {
        allow(new MockAuthorizationStrategy()
                .grant(Item.READ)
                .onItems(tests)
                .toAuthenticated()
                .grant(Item.READ)
                .onItems(folder, app)
                .to("anna"));

        j.assertLogContains(
                "ERROR: There is no job '/secret/app' that tests may read; its build runs as SYSTEM.", refused());
    }

    @Test
    void aBuildSeesWhatTheUserSeesThatItRunsAs() throws Exception {
        allow(new MockAuthorizationStrategy()
                .grant(Item.READ, Computer.BUILD)
                .everywhere()
                .to("anna"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("tests", User.getById("anna", true).impersonate2()));

        j.buildAndAssertSuccess(tests);
    }

    @Test
    void aFolderThatIsHiddenHidesItsJobs() throws Exception {
        allow(new MockAuthorizationStrategy()
                .grant(Item.READ)
                .onItems(app)
                .to("anna")
                .grant(Computer.BUILD)
                .everywhere()
                .to("anna"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("tests", User.getById("anna", true).impersonate2()));

        j.assertLogContains(
                "ERROR: There is no job '/secret/app' that tests may read; its build runs as anna. Check the name, and let"
                        + " that user read the job and its artifacts.",
                refused());
    }
}

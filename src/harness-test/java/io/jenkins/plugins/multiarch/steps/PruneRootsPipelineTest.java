package io.jenkins.plugins.multiarch.steps;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept beside what tags keep. */
@WithJenkins
class PruneRootsPipelineTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowRun begins(String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script.replace("REPO", app), true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    private WorkflowRun succeeds(String name, String script) throws Exception {
        return j.assertBuildStatusSuccess(j.waitForCompletion(begins(name, script)));
    }

    /** An image that no rule keeps, made by a build. */
    private String published() {
        String image = Pipelines.pushed(registry, "linux/amd64");
        registry.addImage("acme/app", "stable", "linux/amd64");
        return "publishIndex image: 'REPO', images: ['linux/amd64=" + image + "'], tags: ['dev-1']";
    }

    private static String plan(String more) {
        return "echo \"CHANGES ${pruneVersions(repositories: ['REPO'], keep: ['dev-*=0']" + more + ").changes}\"";
    }

    @Test
    void whatABuildMadeGoesWithTheBuild() throws Exception {
        WorkflowRun build = succeeds("release", published());

        WorkflowRun keeping = succeeds("prune", plan(""));
        WorkflowRun asked = succeeds("prune-asked", plan(", keepBuilds: false"));
        build.delete();
        WorkflowRun after = succeeds("prune-after", plan(""));

        j.assertLogContains("CHANGES 1", keeping); // the tag
        j.assertLogContains(": build release #1 made it", keeping);
        j.assertLogContains("CHANGES 2", asked);
        j.assertLogContains("CHANGES 2", after);
    }

    @Test
    void whatABuildMadeThatStillRunsStays() throws Exception {
        WorkflowRun running = begins("release", published() + "\nsleep 1000");
        j.waitForMessage("Sleeping", running);

        WorkflowRun build = succeeds("prune", plan(""));

        j.assertLogContains(": build release #1 made it", build);
        running.doKill();
        j.waitForCompletion(running);
    }

    @Test
    void buildsThatMayNotBeReadKeepTooAndAreNotNamed() throws Exception {
        succeeds("release", published());
        WorkflowJob prune = j.createProject(WorkflowJob.class, "prune");
        prune.setDefinition(new CpsFlowDefinition(plan("").replace("REPO", app), true));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Computer.BUILD)
                .everywhere()
                .to("anna")
                .grant(Item.READ)
                .onItems(prune)
                .to("anna"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate("prune", User.getById("anna", true).impersonate2()));

        WorkflowRun build = j.buildAndAssertSuccess(prune);

        j.assertLogContains("CHANGES 1", build);
        j.assertLogContains(": a build of a job that this one may not read made it", build);
        j.assertLogNotContains("release #1", build);
    }

    @Test
    void anInventoryKeepsWhatItNames() throws Exception {
        Manifest used = registry.addImage("acme/app", "dev-1", "linux/amd64");
        registry.addImage("acme/app", "stable", "linux/amd64");

        WorkflowRun build = succeeds("prune", plan(", inventory: '''# prod\n" + app + "@" + used.digest() + "\n'''"));

        j.assertLogContains("CHANGES 1", build);
        j.assertLogContains(": the inventory names it", build);
    }

    @Test
    void aChannelKeepsWhatItStandsForAndStoodFor() throws Exception {
        registry.addImage("acme/app", "stable", "linux/amd64");
        for (String version : List.of("dev-1", "dev-2")) {
            Manifest image = registry.addImage("acme/app", version, "linux/amd64");
            HttpRegistry there = HttpRegistry.builder().build();
            new Promotion(there, line -> {})
                    .promote(new PromotionRequest(
                                    List.of(ImageRef.parse(app + "@" + image.digest())),
                                    List.of(new Tag("prod")),
                                    List.of())
                            .channelled(
                                    Optional.of(ChannelTarget.parse(registry.repository("acme/metadata") + ":prod"))));
        }

        WorkflowRun build =
                succeeds("prune", plan(", channels: ['" + registry.repository("acme/metadata") + ":prod']"));

        j.assertLogContains(": channel prod stood for it", build);
        j.assertLogNotContains("delete ", build);
    }
}

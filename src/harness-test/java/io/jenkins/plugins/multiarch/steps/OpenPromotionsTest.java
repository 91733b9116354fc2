package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that comes back and finds the promotion of a build that waits for something else, such as an agent. */
class OpenPromotionsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final FakeRegistry registry =
            FakeRegistry.builder().withBasicAuth("robot", Pipelines.PASSWORD).start();
    private Manifest old;
    private Manifest image;

    @BeforeEach
    void publish() {
        old = registry.addImage("acme/app", "stable", "linux/amd64");
        image = registry.addImage("acme/app", "1.0", "linux/amd64");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void breakOff(JenkinsRule j, String credentialsId) throws Exception {
        Pipelines.addCredentials("ghcr", "robot");
        WorkflowRun build = Pipelines.begins(j, "sleep 1000");
        j.waitForMessage("Sleeping", build);
        try (FileJournal journal = BrokenPromotion.journal(registry, old, image, "acme/app", "stable")) {
            OpenPromotions.begin(build, journal, registry.address(), credentialsId, new ReceiptKey(null, null));
        }
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    private static void end(JenkinsRule j) throws Exception {
        build(j).doKill();
        j.waitForCompletion(build(j));
    }

    @Test
    void areEndedBeforeTheBuildGoesOn() throws Throwable {
        sessions.then(j -> breakOff(j, "ghcr"));
        sessions.then(j -> {
            String name = registry.repository("acme/app") + ":stable";

            j.waitForMessage("Moved " + name + " from " + old.digest() + " to " + image.digest() + ".", build(j));

            j.assertLogContains("Finishing a promotion that broke off: " + name + ".", build(j));
            assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
            end(j);
        });
    }

    @Test
    void stayOpenWhereTheRegistryRefuses() throws Throwable {
        sessions.then(j -> breakOff(j, null));
        sessions.then(j -> {
            j.waitForMessage("A promotion that broke off could not be ended yet: ", build(j));

            assertThat(registry.tagged("acme/app", "stable")).contains(old.digest());
            assertThat(j.jenkins.getRootDir().toPath().resolve("multiarch-release/promotions"))
                    .isNotEmptyDirectory();
            end(j);
        });
    }

    private WorkflowRun promotes(JenkinsRule j, String credentials) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "other");
        job.setDefinition(new CpsFlowDefinition(
                "promoteTag image: '%1$s:1.0', tags: ['stable']%2$s"
                        .formatted(registry.repository("acme/app"), credentials),
                true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).get();
    }

    private WorkflowRun killed(JenkinsRule j, String credentialsId) throws Exception {
        Pipelines.addCredentials("ghcr", "robot");
        WorkflowRun build = Pipelines.begins(j, "sleep 1000");
        j.waitForMessage("Sleeping", build);
        try (FileJournal journal = BrokenPromotion.journal(registry, old, image, "acme/app", "stable", build)) {
            OpenPromotions.begin(build, journal, registry.address(), credentialsId, new ReceiptKey(null, null));
        }
        end(j);
        return build;
    }

    /** This one has no credentials at all. */
    @Test
    void areEndedByAnotherJobWithTheCredentialsOfTheirOwn() throws Throwable {
        sessions.then(j -> {
            WorkflowRun left = killed(j, "ghcr");

            WorkflowRun next = promotes(j, "");

            String name = registry.repository("acme/app") + ":stable";
            j.assertLogContains("Moved " + name + " from " + old.digest() + " to " + image.digest() + ".", next);
            assertThat(left.isBuilding()).isFalse();
        });
    }

    @Test
    void areEndedByAnotherJobWithItsCredentialsWhereTheirOwnAreGone() throws Throwable {
        sessions.then(j -> {
            WorkflowRun left = killed(j, "gone");

            WorkflowRun next = j.assertBuildStatusSuccess(promotes(j, ", credentialsId: 'ghcr'"));

            j.assertLogContains(
                    "With the credentials of " + left.getExternalizableId()
                            + " it could not be ended: Credentials 'gone'",
                    next);
            assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
        });
    }

    @Test
    void areNamedWithTheBuildThatLeftThemWhereNobodyCanEndThem() throws Throwable {
        sessions.then(j -> {
            WorkflowRun left = killed(j, "gone");

            WorkflowRun next = j.assertBuildStatus(Result.FAILURE, promotes(j, ""));

            j.assertLogContains("What " + left.getExternalizableId() + " left half done could not be ended, of ", next);
            assertThat(registry.tagged("acme/app", "stable")).contains(old.digest());
        });
    }
}

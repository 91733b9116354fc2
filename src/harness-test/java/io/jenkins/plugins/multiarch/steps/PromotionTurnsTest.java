package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two jobs that promote the same tags, and one that broke off. */
@WithJenkins
class PromotionTurnsTest {
    private final FakeRegistry registry = FakeRegistry.start();

    private JenkinsRule j;
    private Manifest old;
    private Manifest image;
    private WorkflowRun first;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        old = registry.addImage("acme/app", "stable", "linux/amd64");
        image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private String promotion() {
        return "promoteTag image: '%s:1.0', tags: ['stable', '1']".formatted(registry.repository("acme/app"));
    }

    private WorkflowRun begins(String name) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(promotion(), true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).waitForStart();
    }

    private WorkflowRun waitsForAnother() throws Exception {
        registry.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.hang());
        first = begins("first");
        registry.awaitHanging();
        WorkflowRun second = begins("second");
        j.waitForMessage("Waiting for another promotion of " + registry.repository("acme/app") + ":1.", second);
        return second;
    }

    @Test
    void oneWaitsForTheOther() throws Exception {
        WorkflowRun second = waitsForAnother();

        registry.release();

        j.assertBuildStatusSuccess(j.waitForCompletion(first));
        j.assertBuildStatusSuccess(j.waitForCompletion(second));
        assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
        assertThat(journals()).isEmptyDirectory();
    }

    @Test
    void anAbortEndsTheWait() throws Exception {
        WorkflowRun second = waitsForAnother();

        second.getExecutor().interrupt();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(second));
        assertThat(first.isBuilding()).isTrue();
        registry.release();
        j.assertBuildStatusSuccess(j.waitForCompletion(first));
    }

    @Test
    void anAbortEndsWhenAllTagsAreBack() throws Exception {
        registry.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.hang());
        first = begins("first");
        registry.awaitHanging();
        String other = registry.repository("acme/app") + ":1";

        first.getExecutor().interrupt();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(first));
        assertThat(registry.tagged("acme/app", "stable")).contains(old.digest());
        assertThat(registry.tagged("acme/app", "1")).isEmpty();
        assertThat(journals()).isEmptyDirectory();
        j.assertLogContains("Added " + other + " at " + image.digest() + ".", first);
        j.assertLogContains("Removed " + other, first);
        assertThat(JenkinsRule.getLog(first)).doesNotContain("\tat ");
    }

    @Test
    void whatABuildLeftBehindIsEndedFirst() throws Exception {
        BrokenPromotion.of(registry, old, image, "acme/app", "stable");

        WorkflowRun build = j.assertBuildStatusSuccess(j.waitForCompletion(begins("next")));

        String name = registry.repository("acme/app") + ":stable";
        j.assertLogContains("Finishing a promotion that broke off: " + name + ".", build);
        j.assertLogContains("Moved " + name + " from " + old.digest() + " to " + image.digest() + ".", build);
        j.assertLogContains("Kept " + name + ": already at " + image.digest() + ".", build);
        assertThat(journals()).isEmptyDirectory();
    }

    @Test
    void itsJournalIsForTheUserOfJenkinsAlone() throws Exception {
        WorkflowRun second = waitsForAnother();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journals())))
                .isEqualTo("rwx------");
        try (var files = Files.list(journals())) {
            assertThat(files.toList()).isNotEmpty().allMatch(PromotionTurnsTest::isPrivate);
        }
        registry.release();
        j.assertBuildStatusSuccess(j.waitForCompletion(first));
        j.assertBuildStatusSuccess(j.waitForCompletion(second));
    }

    private static boolean isPrivate(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals("rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path journals() {
        return j.jenkins.getRootDir().toPath().resolve("multiarch-release/promotions");
    }
}

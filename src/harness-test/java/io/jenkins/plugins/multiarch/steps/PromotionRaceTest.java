package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two jobs that promote the same tags at the same time. */
@WithJenkins
class PromotionRaceTest {
    private static final int RACES = 50;
    private static final List<String> TAGS = List.of("1.4", "stable", "latest");

    private static WorkflowJob job(JenkinsRule j, String name, String image) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("""
                def moved = promoteTag image: '%s', tags: ['1.4', 'stable', 'latest'], order: 'version', yield: true
                echo "ENDED changed ${moved.changed} superseded [${moved.supersededBy}]"
                """.formatted(image), true));
        return job;
    }

    private static QueueTaskFuture<WorkflowRun> begin(WorkflowJob job) {
        return Objects.requireNonNull(job.scheduleBuild2(0));
    }

    @Test
    void isWonByTheNewestEachTime(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest start = Pipelines.released(registry, "acme/app", "1.4.0", "1.4.0", "");
            Pipelines.released(registry, "acme/app", "1.4.1", "1.4.1", "");
            Manifest newest = Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
            WorkflowJob older = job(j, "older", registry.repository("acme/app") + ":1.4.1");
            WorkflowJob newer = job(j, "newer", registry.repository("acme/app") + ":1.4.2");
            for (int i = 0; i < RACES; i++) {
                TAGS.forEach(tag -> registry.tag("acme/app", tag, start.digest()));
                QueueTaskFuture<WorkflowRun> one = begin(i % 2 == 0 ? older : newer);
                QueueTaskFuture<WorkflowRun> two = begin(i % 2 == 0 ? newer : older);
                j.assertBuildStatusSuccess(one);
                j.assertBuildStatusSuccess(two);

                assertThat(TAGS)
                        .as("race %d", i)
                        .allMatch(tag -> registry.tagged("acme/app", tag)
                                .filter(newest.digest()::equals)
                                .isPresent());
                j.assertLogContains("ENDED changed true superseded []", newer.getLastBuild());
                String lost = JenkinsRule.getLog(older.getLastBuild());
                assertThat(lost)
                        .containsAnyOf(
                                "ENDED changed true superseded []",
                                "ENDED changed false superseded [1.4.2 (" + newest.digest() + ")]");
            }
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PromoteTagPipelineTest {

    @Test
    void setsTheTagsAndSaysWhatMoved(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest old = registry.addImage("acme/app", "stable", "linux/amd64");
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    def moved = promoteTag image: '%s@%s', tags: ['stable', '1']
                    echo "moved ${moved.tags.collect { it.tag + ' from [' + it.previous + ']' }}: ${moved}"
                    """.formatted(registry.repository("acme/app"), image.digest()));

            assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
            j.assertLogContains(
                    "moved [stable from [" + old.digest() + "], 1 from []]: " + registry.repository("acme/app") + "@"
                            + image.digest(),
                    build);
        }
    }

    @Test
    void copiesToOtherRepositoriesFromTheAgent(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start();
                FakeRegistry mirror = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            Pipelines.succeeds(
                    j,
                    "node('linux') { promoteTag images: ['%s:1.0'], tags: ['1.0'], to: ['%s'] }"
                            .formatted(registry.repository("acme/app"), mirror.repository("mirror/app")));

            assertThat(mirror.tagged("mirror/app", "1.0")).contains(image.digest());
        }
    }

    @Test
    void showsThePlanAndWritesNothing(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    def plan = promoteTag image: '%s:1.0', tags: ['stable'], plan: true
                    echo "would change: ${plan.changed}"
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "Would add " + registry.repository("acme/app") + ":stable at " + image.digest() + ".", build);
            j.assertLogContains("would change: true", build);
            assertThat(registry.tags("acme/app")).containsExactly("1.0");
        }
    }

    @Test
    void plansInTheBuildOfAPullRequestAndWritesNothing(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(j, """
                    withEnv(['CHANGE_ID=7']) {
                        def release = [image: '%s:1.0', tags: ['stable']]
                        echo "would change: ${promoteTag(release + [plan: true]).changed}"
                        promoteTag(release)
                    }
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("would change: true", build);
            j.assertLogContains(
                    "This build is of a pull request, and promoteTag writes to a registry. Call it in builds of branches and"
                            + " tags alone, as in if (!env.CHANGE_ID) { … }.",
                    build);
            assertThat(registry.tags("acme/app")).containsExactly("1.0");
        }
    }

    @Test
    void saysWhatTheRegistrySaid(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.on("PUT", "*").always().fail(Fault.status(403).error("DENIED", "no"));

            WorkflowRun build = Pipelines.isRefused(
                    j, "promoteTag image: '%s:1.0', tags: ['stable']".formatted(registry.repository("acme/app")));

            j.assertLogContains("was answered with 403 DENIED (no).", build);
        }
    }

    @Test
    void refusesImageAndImagesTogether(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "promoteTag image: 'a.b/c', images: ['a.b/d'], tags: ['x']");

        j.assertLogContains(
                "ERROR: promoteTag was given both image and images. Name all of them in images, or the only one in image.",
                build);
    }
}

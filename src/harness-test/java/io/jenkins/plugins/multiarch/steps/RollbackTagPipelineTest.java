package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollbackTagPipelineTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final FakeRegistry mirror = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private final String web = registry.repository("acme/web").toString();

    @AfterEach
    void stop() {
        registry.close();
        mirror.close();
    }

    private static WorkflowRun run(JenkinsRule j, String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return Objects.requireNonNull(job.scheduleBuild2(0)).get();
    }

    /** Two releases of two images, the second of which stands. */
    private Manifest[] released(JenkinsRule j) throws Exception {
        Manifest old = Pipelines.released(registry, "acme/app", "1.4.1", "1.4.1", "");
        Manifest oldWeb = Pipelines.released(registry, "acme/web", "1.4.1", "1.4.1", "");
        Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
        Pipelines.released(registry, "acme/web", "1.4.2", "1.4.2", "");
        for (String version : new String[] {"1.4.1", "1.4.2"}) {
            j.assertBuildStatusSuccess(
                    run(j, "promote-" + version, """
                    promoteTag images: ['%1$s:%3$s', '%2$s:%3$s'], tags: ['stable'], mirrors: ['%4$s/copy/']
                    """.formatted(app, web, version, mirror.address())));
        }
        return new Manifest[] {old, oldWeb};
    }

    @Test
    void allImagesAndMirrorsGoBackTogether(JenkinsRule j) throws Exception {
        Manifest[] old = released(j);

        WorkflowRun build = j.assertBuildStatusSuccess(run(j, "rollback", """
                def plan = rollbackTag images: ['%1$s', '%2$s'], tags: ['stable'], to: 'previous', mirrors: ['%3$s/copy/'], plan: true
                echo "PLAN ${plan.changed} ${plan.tags[0].fromVersion} ${plan.tags[0].toVersion}"
                def back = rollbackTag images: ['%1$s', '%2$s'], tags: ['stable'], to: 'previous', mirrors: ['%3$s/copy/'], apply: plan.hash
                echo "BACK ${back.changed} ${back.tags.size()}"
                """.formatted(app, web, mirror.address())));

        j.assertLogContains("PLAN true 1.4.2 1.4.1", build);
        j.assertLogContains("BACK true 4", build);
        assertThat(registry.tagged("acme/app", "stable")).contains(old[0].digest());
        assertThat(registry.tagged("acme/web", "stable")).contains(old[1].digest());
        assertThat(mirror.tagged("copy/app", "stable")).contains(old[0].digest());
        assertThat(mirror.tagged("copy/web", "stable")).contains(old[1].digest());
    }

    @Test
    void aReleaseIsGoneBackToByItsVersion(JenkinsRule j) throws Exception {
        Manifest[] old = released(j);

        j.assertBuildStatusSuccess(run(j, "rollback", """
                rollbackTag images: ['%s'], tags: ['stable'], to: '1.4.1'
                """.formatted(app)));

        assertThat(registry.tagged("acme/app", "stable")).contains(old[0].digest());
        WorkflowRun none = run(j, "unknown", "rollbackTag images: ['" + app + "'], tags: ['stable'], to: '#57'");
        j.assertBuildStatus(Result.FAILURE, none);
        j.assertLogContains("57", none);
    }

    @Test
    void aPullRequestMovesNothing(JenkinsRule j) throws Exception {
        released(j);
        registry.clearRequests();

        WorkflowRun build = run(j, "request", """
                withEnv(['CHANGE_ID=7']) {
                    rollbackTag images: ['%s'], tags: ['stable'], to: 'previous'
                }
                """.formatted(app));

        j.assertBuildStatus(Result.FAILURE, build);
        j.assertLogContains("This build is of a pull request, and rollbackTag writes to a registry.", build);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void whatABuildLeftBehindIsFinishedAndNotDoneOnceMore(JenkinsRule j) throws Exception {
        Manifest[] old = released(j);
        Digest now = registry.tagged("acme/app", "stable").orElseThrow();
        BrokenPromotion.ofRollback(registry, now, old[0], "acme/app", "stable");

        WorkflowRun build = j.assertBuildStatusSuccess(run(j, "rollback", """
                def back = rollbackTag images: ['%s'], tags: ['stable'], to: 'previous'
                echo "BACK ${back.tags.size()}"
                """.formatted(app)));

        j.assertLogContains("Finishing a promotion that broke off: " + app + ":stable.", build);
        j.assertLogContains("BACK 1", build);
        assertThat(registry.tagged("acme/app", "stable")).contains(old[0].digest());
    }
}

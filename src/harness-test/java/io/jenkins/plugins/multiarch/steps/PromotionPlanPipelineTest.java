package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Plans that another build applies, and mirrors. */
@WithJenkins
class PromotionPlanPipelineTest {
    private static final Pattern HASH = Pattern.compile("PLAN (sha256:[0-9a-f]{64}) ");

    private final FakeRegistry registry = FakeRegistry.start();
    private final FakeRegistry mirror = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();

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

    private String planned(JenkinsRule j) throws Exception {
        WorkflowRun build = j.assertBuildStatusSuccess(run(j, "plan", """
                def plan = promoteTag image: '%s:1.4.2', tags: ['stable'], mirrors: ['%s/copy/'], plan: true
                def tag = plan.tags[0]
                echo "PLAN ${plan.hash} ${plan.copies*.target} ${plan.bytesToCopy > 0}"
                echo "TAG ${tag.tag} ${tag.fromVersion} ${tag.toVersion} ${tag.platformsAdded} ${tag.platformsLost}"
                """.formatted(app, mirror.address())));
        j.assertLogContains(" [" + mirror.repository("copy/app") + "] true", build);
        j.assertLogContains("TAG stable 1.4.1 1.4.2 [] []", build);
        Matcher hash = HASH.matcher(JenkinsRule.getLog(build));
        assertThat(hash.find()).isTrue();
        return hash.group(1);
    }

    private WorkflowRun applied(JenkinsRule j, String hash) throws Exception {
        return run(
                j,
                "apply",
                "promoteTag image: '%s:1.4.2', tags: ['stable'], mirrors: ['%s/copy/'], apply: '%s'"
                        .formatted(app, mirror.address(), hash));
    }

    @Test
    void anotherBuildAppliesAPlan(JenkinsRule j) throws Exception {
        Pipelines.released(registry, "acme/app", "stable", "1.4.1", "");
        Manifest image = Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
        String hash = planned(j);

        j.assertBuildStatusSuccess(applied(j, hash));

        assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
        assertThat(mirror.tagged("copy/app", "stable")).contains(image.digest());
    }

    @Test
    void aRefusalNamesWhatHasChangedSince(JenkinsRule j) throws Exception {
        Manifest old = Pipelines.released(registry, "acme/app", "stable", "1.4.1", "");
        Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
        String hash = planned(j);
        Manifest theirs = registry.addImage("acme/app", "stable", "linux/amd64", "linux/arm64");

        WorkflowRun build = applied(j, hash);

        j.assertLogContains("Nothing was promoted: the plan " + hash + " holds no longer. Since then:", build);
        j.assertLogContains(app + ":stable leads to " + theirs.digest() + " instead of " + old.digest(), build);
        assertThat(registry.tagged("acme/app", "stable")).contains(theirs.digest());
    }

    @Test
    void aMirrorThatCannotFollowStaysBehindWhereThatIsAllowed(JenkinsRule j) throws Exception {
        Manifest image = Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
        mirror.on("*", "/v2/copy/*").always().fail(Fault.status(403));

        WorkflowRun build = j.assertBuildStatusSuccess(run(j, "lag", """
                def moved = promoteTag image: '%s:1.4.2', tags: ['stable'], mirrors: ['%s/copy/'], reportLag: true
                echo "LAGGING ${moved.lagging.size()} ${moved.lagging[0]}"
                """.formatted(app, mirror.address())));

        j.assertLogContains("LAGGING 1 The mirror " + mirror.address() + "/copy/ stays behind: ", build);
        assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
    }
}

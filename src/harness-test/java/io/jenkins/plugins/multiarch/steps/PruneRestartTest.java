package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller ends when the index of an image is deleted, and what it listed is not. */
class PruneRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final FakeRegistry registry = FakeRegistry.start();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Digest index(String tag) {
        Descriptor child = registry.addImageManifest("acme/app", "content of " + tag, "linux/amd64")
                .descriptor();
        Digest digest = registry.addManifest("acme/app", ImageIndex.of(List.of(child), Map.of()))
                .digest();
        registry.tag("acme/app", tag, digest);
        return child.digest();
    }

    @Test
    void goesOnByTheHashOfItsPlan() throws Throwable {
        Digest old = index("dev-1");
        Digest kept = index("dev-2");
        registry.on("DELETE", "/v2/acme/app/manifests/" + old).fail(Fault.hang());
        sessions.then(j -> {
            Pipelines.begins(j, """
                    def rules = [repositories: ['%s'], keep: ['dev-*=1']]
                    def plan = pruneVersions(rules)
                    def pruned = pruneVersions(rules + [apply: plan.hash])
                    echo "PRUNED ${pruned.changes} ${pruned.deleted} ${pruned.broken} ${pruned.hash == plan.hash} ${pruned.archive}"
                    """.formatted(registry.repository("acme/app")));
            registry.awaitHanging();
        });
        assertThat(registry.tags("acme/app")).containsExactly("dev-2");
        sessions.then(j -> {
            WorkflowRun build =
                    j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);

            j.assertBuildStatusSuccess(j.waitForCompletion(build));

            j.assertLogContains("PRUNED 2 2 [] true pruned/pruned.jsonl", build);
            assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
            assertThat(registry.manifests("acme/app")).contains(kept).doesNotContain(old);
        });
    }
}

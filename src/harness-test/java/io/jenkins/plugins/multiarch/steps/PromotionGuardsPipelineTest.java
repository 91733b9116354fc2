package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What keeps a tag from moving. */
@WithJenkins
class PromotionGuardsPipelineTest {
    private static final String PUBLIC = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void anOlderImageEndsAsSuperseded(JenkinsRule j) throws Exception {
        Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
        Manifest newer = Pipelines.released(registry, "acme/app", "stable", "1.5.0", "");

        WorkflowRun build = Pipelines.succeeds(j, """
                def moved = promoteTag image: '%s:1.4.2', tags: ['stable'], order: 'version', yield: true
                echo "SUPERSEDED ${moved.superseded} by ${moved.supersededBy} ${moved.changed}"
                """.formatted(app));

        j.assertLogContains("SUPERSEDED true by 1.5.0 (" + newer.digest() + ") false", build);
        assertThat(registry.tagged("acme/app", "stable")).contains(newer.digest());
    }

    @Test
    void allThatStandsAgainstAPromotionIsSaidAtOnce(JenkinsRule j) throws Exception {
        registry.addImage("acme/app", "lesser", "linux/amd64");
        Manifest stable = Pipelines.released(registry, "acme/app", "stable", "1.5.0", "");
        Pipelines.released(registry, "acme/app", "v1.5.0", "1.5.0", "");

        WorkflowRun build = Pipelines.isRefused(
                j, "promoteTag image: '%s:lesser', tags: ['stable', 'v1.5.0'], immutable: ['v*.*.*']".formatted(app));

        j.assertLogContains(" lacks linux/arm64, which " + stable.digest() + " has", build);
        j.assertLogContains("tags like 'v*.*.*' never move", build);
        j.assertLogContains("Nothing was promoted, for 2 reasons:", build);
        assertThat(registry.tagged("acme/app", "stable")).contains(stable.digest());
    }

    @Test
    void theHighestVersionKeepsLatestUnlessToldOtherwise(JenkinsRule j) throws Exception {
        Manifest low = Pipelines.released(registry, "acme/app", "1.4.3", "1.4.3", "");
        Manifest high = Pipelines.released(registry, "acme/app", "latest", "1.5.0", "");

        WorkflowRun build = Pipelines.succeeds(j, """
                def kept = promoteTag image: '%1$s:1.4.3', tags: ['latest', '1.4']
                echo "KEPT ${kept.tags.find { it.tag == 'latest' }.reason}"
                def moved = promoteTag image: '%1$s:1.4.3', tags: ['latest'], onlyIfHighest: []
                echo "MOVED ${moved.tags.find { it.tag == 'latest' }.previous}"
                """.formatted(app));

        j.assertLogContains("KEPT ", build);
        j.assertLogNotContains("KEPT null", build);
        j.assertLogContains("MOVED " + high.digest(), build);
        assertThat(registry.tagged("acme/app", "latest")).contains(low.digest());
        assertThat(registry.tagged("acme/app", "1.4")).contains(low.digest());
    }

    @Test
    void evidenceIsRequiredOfEveryImage(JenkinsRule j) throws Exception {
        registry.addImage("acme/app", "1.0", "linux/amd64");

        WorkflowRun build = Pipelines.isRefused(
                j, "promoteTag image: '%s:1.0', tags: ['stable'], require: [key: '''%s''']".formatted(app, PUBLIC));

        j.assertLogContains("does not satisfy the policy:", build);
        assertThat(registry.tags("acme/app")).containsExactly("1.0");
    }

    @Test
    void evidenceByAPolicyOfTheWorkspaceLetsAnImageThrough(JenkinsRule j) throws Exception {
        Pipelines.addKey("release-key");

        Pipelines.succeeds(
                j, Pipelines.building(registry) + """
                attest image: image.reference, keyCredentialsId: 'release-key', sign: false
                node('built-in') {
                    writeFile file: 'release-policy.yaml', text: '''
                trust:
                  - key: |
                %s
                require:
                  - type: provenance
                '''
                    promoteTag image: image.reference, tags: ['stable'], require: [policyFile: 'release-policy.yaml']
                }
                """.formatted(PUBLIC.strip().indent(6)));

        assertThat(registry.tagged("acme/app", "stable")).isEqualTo(registry.tagged("acme/app", "1.0"));
    }

    @Test
    void commitsAreAskedOfTheCloneInTheWorkspace(JenkinsRule j, @TempDir Path clone) throws Exception {
        git(clone, "init", "-q");
        String first = commit(clone, "first");
        String second = commit(clone, "second");
        Manifest older = Pipelines.released(registry, "acme/app", "first", "1.4.1", first);
        Manifest newer = Pipelines.released(registry, "acme/app", "second", "1.4.2", second);
        registry.tag("acme/app", "stable", older.digest());

        WorkflowRun build = Pipelines.isRefused(j, """
                node('built-in') {
                    ws('%2$s') {
                        promoteTag image: '%1$s:second', tags: ['stable'], order: 'commit'
                        promoteTag image: '%1$s:first', tags: ['stable'], order: 'commit'
                    }
                }
                """.formatted(app, clone));

        j.assertLogContains("stable was not moved: it is at " + second, build);
        assertThat(registry.tagged("acme/app", "stable")).contains(newer.digest());
    }

    private static String commit(Path clone, String message) throws Exception {
        git(clone, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", message);
        return git(clone, "rev-parse", "HEAD");
    }

    private static String git(Path clone, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", clone.toString()));
        command.addAll(List.of(words));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void argumentsThatDoNotFitAreRefusedBeforeAnything(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                def words = [
                    [order: 'time'],
                    [order: 'commit'],
                    [plan: true, apply: 'sha256:%s'],
                    [require: [policy: '{}', policyFile: 'policy.yaml']],
                ]
                for (def word : words) {
                    try {
                        promoteTag([image: 'a.b/c', tags: ['x']] + word)
                    } catch (e) {
                        echo e.message
                    }
                }
                """.formatted("0".repeat(64)));

        j.assertLogContains("'time' is no order of tags. Write version, created or commit.", build);
        j.assertLogContains(
                "promoteTag asks a clone which commit is newer, and was called outside node, where there is none. Call it"
                        + " inside the node that checked out the sources, or choose another order.",
                build);
        j.assertLogContains("promoteTag was told both to plan and to apply a plan.", build);
        j.assertLogContains("promoteTag was told more than one thing to verify.", build);
    }
}

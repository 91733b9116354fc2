package io.jenkins.plugins.multiarch.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller ends while a request of the step is under way, and the build goes on when it is back. */
class StepRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void publishIndexGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.on("PUT", "/v2/acme/app/manifests/1.0").fail(Fault.hang());

            survives(
                    registry,
                    "publishIndex image: '%s', images: ['%s'], tags: ['1.0']"
                            .formatted(registry.repository("acme/app"), Pipelines.pushed(registry, "linux/amd64")));

            assertThat(registry.tags("acme/app")).containsExactly("1.0");
        }
    }

    @Test
    void publishIndexGoesOnAppending() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.on("PUT", "/v2/acme/app/manifests/1.0").fail(Fault.hang());

            survives(
                    registry,
                    "publishIndex image: '%1$s', append: '%1$s:1.0', images: ['%2$s'], tags: ['1.0']"
                            .formatted(registry.repository("acme/app"), Pipelines.pushed(registry, "linux/arm64")));

            assertThat(registry.tags("acme/app")).containsExactly("1.0");
        }
    }

    @Test
    void digestGateGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.on("GET", "/v2/acme/app/blobs/*").fail(Fault.hang());

            survives(registry, "digestGate image: '%s:1.0'".formatted(registry.repository("acme/app")));
        }
    }

    @Test
    void promoteTagGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            registry.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.hang());

            survives(
                    registry,
                    "promoteTag image: '%s:1.0', tags: ['stable']".formatted(registry.repository("acme/app")));

            assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
        }
    }

    @Test
    void stageImageGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.on("GET", "/v2/acme/app/blobs/*").fail(Fault.hang());

            survives(
                    registry,
                    "node { stageImage name: 'app', image: '%s:1.0' }".formatted(registry.repository("acme/app")));
        }
    }

    @Test
    void unstageImageGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            registry.on("PUT", "/v2/mirror/app/manifests/1.0").fail(Fault.hang());

            survives(registry, """
                    node {
                      stageImage name: 'app', image: '%s:1.0'
                      unstageImage name: 'app', image: '%s', tags: ['1.0']
                    }
                    """.formatted(registry.repository("acme/app"), registry.repository("mirror/app")));

            assertThat(registry.tagged("mirror/app", "1.0")).contains(image.digest());
        }
    }

    /** Provenance is of what was built before the restart. */
    @Test
    void attestGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.on("GET", "/v2/acme/app/referrers/*").fail(Fault.hang());

            survives(registry, Pipelines.building(registry) + """
                    def attested = attest image: image.reference, keyCredentialsId: 'release-key'
                    if (!attested.changed) {
                        error 'nothing was attested'
                    }
                    """);
        }
    }

    @Test
    void verifyImageGoesOn() throws Throwable {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.on("GET", "/v2/acme/app/referrers/*").fail(Fault.hang());

            survives(
                    registry,
                    "verifyImage image: '%s:1.0', failBuild: false, key: \'\'\'%s\'\'\'"
                            .formatted(
                                    registry.repository("acme/app"),
                                    new String(SampleKeys.file("p256.pub"), US_ASCII)));
        }
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    private void survives(FakeRegistry registry, String script) throws Throwable {
        sessions.then(j -> {
            Pipelines.addKey("release-key");
            Pipelines.begins(j, script);
            registry.awaitHanging();
        });
        sessions.then(j -> {
            WorkflowRun build = build(j);
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        });
    }
}

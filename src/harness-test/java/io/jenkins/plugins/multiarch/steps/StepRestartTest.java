package io.jenkins.plugins.multiarch.steps;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller ends while a request of the step is under way, and the build goes on when it is back. */
class StepRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final FakeRegistry registry = FakeRegistry.start();
    private final Repository app = registry.repository("acme/app");

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void publishIndexGoesOn() throws Throwable {
        String image = Pipelines.pushed(registry, "linux/amd64");

        survives(
                "PUT",
                "/v2/acme/app/manifests/1.0",
                "publishIndex image: '%s', images: ['%s'], tags: ['1.0']".formatted(app, image));

        assertThat(registry.tags("acme/app")).containsExactly("1.0");
    }

    @Test
    void publishIndexGoesOnAppending() throws Throwable {
        registry.addImage("acme/app", "1.0", "linux/amd64");
        String image = Pipelines.pushed(registry, "linux/arm64");

        survives(
                "PUT",
                "/v2/acme/app/manifests/1.0",
                "publishIndex image: '%1$s', append: '%1$s:1.0', images: ['%2$s'], tags: ['1.0']"
                        .formatted(app, image));

        assertThat(registry.tags("acme/app")).containsExactly("1.0");
    }

    @Test
    void digestGateGoesOn() throws Throwable {
        registry.addImage("acme/app", "1.0", "linux/amd64");

        survives("GET", "/v2/acme/app/blobs/*", "digestGate image: '%s:1.0'".formatted(app));
    }

    @Test
    void promoteTagGoesOn() throws Throwable {
        Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

        survives("PUT", "/v2/acme/app/manifests/stable", "promoteTag image: '%s:1.0', tags: ['stable']".formatted(app));

        assertThat(registry.tagged("acme/app", "stable")).contains(image.digest());
    }

    @Test
    void stageImageGoesOn() throws Throwable {
        registry.addImage("acme/app", "1.0", "linux/amd64");

        survives("GET", "/v2/acme/app/blobs/*", "node { stageImage name: 'app', image: '%s:1.0' }".formatted(app));
    }

    @Test
    void unstageImageGoesOn() throws Throwable {
        Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

        survives("PUT", "/v2/mirror/app/manifests/1.0", """
                node {
                  stageImage name: 'app', image: '%s:1.0'
                  unstageImage name: 'app', image: '%s', tags: ['1.0']
                }
                """.formatted(app, registry.repository("mirror/app")));

        assertThat(registry.tagged("mirror/app", "1.0")).contains(image.digest());
    }

    /** Provenance is of what was built before the restart. */
    @Test
    void attestGoesOn() throws Throwable {
        survives("GET", "/v2/acme/app/referrers/*", Pipelines.building(registry) + """
                def attested = attest image: image.reference, keyCredentialsId: 'release-key'
                if (!attested.changed) {
                    error 'nothing was attested'
                }
                """);
    }

    @Test
    void verifyImageGoesOn() throws Throwable {
        registry.addImage("acme/app", "1.0", "linux/amd64");

        survives(
                "GET",
                "/v2/acme/app/referrers/*",
                "verifyImage image: '%s:1.0', failBuild: false, key: \'\'\'%s\'\'\'"
                        .formatted(app, new String(SampleKeys.file("p256.pub"), US_ASCII)));
    }

    /** The controller ends while the registry owes the answer to this request, and the build succeeds all the same. */
    private void survives(String method, String path, String script) throws Throwable {
        registry.on(method, path).fail(Fault.hang());
        sessions.then(j -> {
            Pipelines.addKey("release-key");
            Pipelines.begins(j, script);
            registry.awaitHanging();
        });
        sessions.then(j -> {
            WorkflowRun build =
                    j.jenkins.getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        });
    }
}

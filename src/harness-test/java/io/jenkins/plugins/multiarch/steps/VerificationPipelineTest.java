package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What verifyImage found in a build, attested for those who will not look again. */
@WithJenkins
class VerificationPipelineTest {
    private static final String PUBLIC = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

    private JenkinsRule j;
    private FakeRegistry registry;
    private String image;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        registry = FakeRegistry.start();
        registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
        image = registry.repository("acme/app") + ":1.0";
        Pipelines.addKey("release-key");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private String attest(String arguments) {
        return "attest image: '%s', provenance: false, keyCredentialsId: 'release-key'%s\n".formatted(image, arguments);
    }

    private String verify(String arguments) {
        return "verifyImage image: '%s', key: '''%s'''%s\n".formatted(image, PUBLIC, arguments);
    }

    @Test
    void isAttestedOnce() throws Exception {
        String policy = "trust:\n  - key: |\n" + PUBLIC.indent(6) + "require:\n  - {type: summary, result: PASSED}\n";

        WorkflowRun build = Pipelines.succeeds(
                j,
                attest("") + verify("") + attest(", sign: false, verification: true")
                        + "def again = " + attest(", sign: false, verification: true")
                        + "echo \"CHANGED ${again.changed}\"\n"
                        + "verifyImage image: '%s', policy: '''%s'''\n".formatted(image, policy));

        j.assertLogContains("CHANGED false", build);
    }

    @Test
    void isNotAttestedWhereNobodyVerified() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, attest(", verification: true"));

        j.assertLogContains(
                "attest was told to attest that " + digest() + " was verified, and this build has not verified it. Call"
                        + " verifyImage with this image before it, or leave verification out.",
                build);
    }

    @Test
    void isNotAttestedOfAnImageThatDidNotPass() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, verify(", failBuild: false") + attest(", verification: true"));

        j.assertLogContains("and this build has not verified it.", build);
    }

    @Test
    void isOfAnImage() throws Exception {
        WorkflowRun build = Pipelines.isRefused(
                j, "node { attest files: ['app.tar'], verification: true, keyCredentialsId: 'release-key' }");

        j.assertLogContains(
                "attest was told to attest that an image was verified, and was given none. Name the image too, or leave"
                        + " verification out.",
                build);
    }

    private String digest() {
        return registry.repository("acme/app") + "@"
                + registry.tagged("acme/app", "1.0").orElseThrow();
    }
}

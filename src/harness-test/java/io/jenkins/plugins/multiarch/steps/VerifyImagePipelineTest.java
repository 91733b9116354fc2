package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class VerifyImagePipelineTest {
    private static final String PUBLIC = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

    @Test
    void passesWhatWasAttestedForEveryPlatform(JenkinsRule j) throws Exception {
        Pipelines.addKey("release-key");
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(
                    j,
                    Pipelines.building(registry)
                            + """
                    attest image: image.reference, keyCredentialsId: 'release-key', sign: false
                    def verified = verifyImage image: '%1$s:1.0', policy: '''
                    trust:
                      - key: |
                    %2$s
                    platforms: [linux/amd64, linux/arm64]
                    require:
                      - type: provenance
                        builder: %3$s%4$s
                        maxAge: 1h
                    '''
                    echo "VERIFIED ${verified} ${verified.passed} ${verified.evidence.size()}"
                    """.formatted(
                                            registry.repository("acme/app"),
                                            PUBLIC.strip().indent(10),
                                            j.getURL(),
                                            BuildProvenance.SIGNED_HERE));

            j.assertLogContains(
                    "VERIFIED " + registry.repository("acme/app") + "@"
                            + registry.tagged("acme/app", "1.0").orElseThrow() + " true 3",
                    build);
        }
    }

    @Test
    void refusesWhatLacksEvidence(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j, "verifyImage image: '%s:1.0', key: '''%s'''".formatted(registry.repository("acme/app"), PUBLIC));

            j.assertLogContains("does not satisfy the policy:", build);
            j.assertLogContains("PLATFORM", build);
        }
    }

    @Test
    void onlySaysWhatIsLackingWhereThatIsAskedFor(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    def verified = verifyImage image: '%s:1.0', key: '''%s''', failBuild: false
                    echo "VERIFIED ${verified.passed} ${verified.evidence[0].state}"
                    """.formatted(registry.repository("acme/app"), PUBLIC));

            j.assertLogContains("VERIFIED false missing", build);
        }
    }

    @Test
    void wantsOneWayOfSayingWhatToVerify(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "verifyImage image: 'ghcr.io/acme/app', policy: '{}', key: 'k'");

        j.assertLogContains(
                "verifyImage was told more than one thing to verify. Give one of key, policy and policyFile.", build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("PLATFORM");
    }
}

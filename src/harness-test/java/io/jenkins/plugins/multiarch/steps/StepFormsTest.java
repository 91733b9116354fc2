package io.jenkins.plugins.multiarch.steps;

import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormsTest {
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
    }

    @Test
    void publishIndex() throws Exception {
        PublishIndexStep step = new PublishIndexStep("ghcr.io/acme/app", List.of("linux/amd64=a", "linux/arm64=b"));
        roundTrip(step, "publishIndex image: 'ghcr.io/acme/app', images: ['linux/amd64=a', 'linux/arm64=b']");

        step.setTags(List.of("1.0", "latest"));
        step.setImmutableTags(true);
        step.setAppend("ghcr.io/acme/app:0.9");
        step.setExpectedPlatforms(List.of("linux/amd64"));
        step.setAnnotations(List.of("a.b=c=d"));
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "publishIndex annotations: ['a.b=c=d'], append: 'ghcr.io/acme/app:0.9', credentialsId: 'ghcr',"
                        + " expectedPlatforms: ['linux/amd64'], image: 'ghcr.io/acme/app', images: ['linux/amd64=a', 'linux/arm64=b'], immutableTags: true,"
                        + " tags: ['1.0', 'latest']");
    }

    @Test
    void digestGate() throws Exception {
        DigestGateStep step = new DigestGateStep("ghcr.io/acme/app:1.0");
        roundTrip(step, "digestGate 'ghcr.io/acme/app:1.0'");

        step.setMode("rootfs");
        step.setRecord("gate.json");
        step.setRequiredPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "digestGate credentialsId: 'ghcr', image: 'ghcr.io/acme/app:1.0', mode: 'rootfs', record: 'gate.json',"
                        + " requiredPlatforms: ['linux/amd64', 'linux/arm64']");

        step = new DigestGateStep("ghcr.io/acme/app:1.0");
        step.setVerify("gate.json");
        roundTrip(step, "digestGate image: 'ghcr.io/acme/app:1.0', verify: 'gate.json'");
    }

    @Test
    void promoteTag() throws Exception {
        PromoteTagStep step = new PromoteTagStep(List.of("1.0"));
        step.setImage("ghcr.io/acme/app@sha256:0");
        roundTrip(step, "promoteTag image: 'ghcr.io/acme/app@sha256:0', tags: ['1.0']");

        step.setPlan(true);
        step.setCredentialsId("ghcr");
        step.setTo(List.of("docker.io/acme/app", "quay.io/acme/app"));
        roundTrip(
                step,
                "promoteTag credentialsId: 'ghcr', image: 'ghcr.io/acme/app@sha256:0', plan: true, tags: ['1.0'], to:"
                        + " ['docker.io/acme/app', 'quay.io/acme/app']");

        step = new PromoteTagStep(List.of("1.0"));
        step.setImages(List.of("a.b/c", "a.b/d"));
        roundTrip(step, "promoteTag images: ['a.b/c', 'a.b/d'], tags: ['1.0']");
    }

    private <S extends org.jenkinsci.plugins.workflow.steps.Step> void roundTrip(S step, String snippet)
            throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
    }
}

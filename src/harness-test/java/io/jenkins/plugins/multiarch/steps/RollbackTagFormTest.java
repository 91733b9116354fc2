package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollbackTagFormTest {
    private JenkinsRule j;
    private RollbackTagStep.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
        Pipelines.addKey("release-key");
        Pipelines.addText("release-key-password");
        form = j.jenkins.getDescriptorByType(RollbackTagStep.DescriptorImpl.class);
    }

    private void roundTrip(RollbackTagStep step, String arguments) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, "rollbackTag " + arguments);
    }

    @Test
    void keepsWhatItIsTold() throws Exception {
        RollbackTagStep step = new RollbackTagStep(List.of("stable"), "previous");
        step.setImages(List.of("ghcr.io/acme/app", "ghcr.io/acme/web"));
        roundTrip(step, "images: ['ghcr.io/acme/app', 'ghcr.io/acme/web'], tags: ['stable'], to: 'previous'");

        step.setCredentialsId("ghcr");
        step.setPlan(true);
        step.setMirrors(List.of("registry.example.com/acme/"));
        step.setReportLag(true);
        step.setAllowPlatformLoss(true);
        RequiredEvidence require = new RequiredEvidence();
        require.setPolicyFile("release-policy.yaml");
        step.setRequire(require);
        roundTrip(
                step,
                "allowPlatformLoss: true, credentialsId: 'ghcr', images: ['ghcr.io/acme/app', 'ghcr.io/acme/web'],"
                        + " mirrors: ['registry.example.com/acme/'], plan: true, reportLag: true, require: [policyFile:"
                        + " 'release-policy.yaml'], tags: ['stable'], to: 'previous'");

        step = new RollbackTagStep(List.of("stable"), "1.4.1");
        step.setImage("ghcr.io/acme/app");
        step.setApply("sha256:1");
        step.setChannel("ghcr.io/acme/metadata:prod");
        step.setReceiptsOf("of two keys");
        step.setReceiptKeyCredentialsId("release-key");
        step.setReceiptKeyPasswordCredentialsId("release-key-password");
        roundTrip(
                step,
                "apply: 'sha256:1', channel: 'ghcr.io/acme/metadata:prod', image: 'ghcr.io/acme/app',"
                        + " receiptKeyCredentialsId: 'release-key', receiptKeyPasswordCredentialsId:"
                        + " 'release-key-password', receiptsOf: 'of two keys', tags: ['stable'], to: '1.4.1'");
    }

    private static String text(String key) {
        return new String(SampleKeys.file(key), StandardCharsets.US_ASCII);
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    @Test
    void saysWhatIsWrongWithAField() {
        isRefused(form.doCheckImages(null, "ghcr.io/acme/app:1.0"), "names one image, where a repository is asked for");
        isRefused(form.doCheckImage(null, "ghcr.io/acme/app:1.0"), "names one image, where a repository is asked for");
        isRefused(form.doCheckTags(null, "a/b"), "is not a tag");
        isRefused(form.doCheckReceiptsOf(null, "ssh-rsa AAAA"), "There is no public key that we can read.");
        isRefused(
                form.doCheckReceiptsOf(null, text("p256.pub") + text("p256.pem")),
                "A private key was given where a public key belongs.");
        assertThat(form.doCheckReceiptsOf(null, text("p256.pub") + text("p384.pub")).kind)
                .isEqualTo(FormValidation.Kind.OK);
        isRefused(form.doCheckTo(null, "the one before"), "names no release to go back to");
        isRefused(form.doCheckMirrors(null, "Registry/x y"), "");
        isRefused(form.doCheckApply(null, "sha256:1", false), "sha256:1");
        isRefused(form.doCheckApply(null, "sha256:1", true), "rollbackTag was told both to plan and to apply a plan.");
        assertThat(form.doCheckTo(null, "#57").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doCheckApply(null, "", true).kind).isEqualTo(FormValidation.Kind.OK);
    }
}

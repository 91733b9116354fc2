package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
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
class PromoteTagFormTest {
    private static final String IMAGE = "ghcr.io/acme/app@sha256:0";

    private JenkinsRule j;
    private PromoteTagStep.DescriptorImpl form;
    private RequiredEvidence.DescriptorImpl evidence;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
        form = j.jenkins.getDescriptorByType(PromoteTagStep.DescriptorImpl.class);
        evidence = j.jenkins.getDescriptorByType(RequiredEvidence.DescriptorImpl.class);
    }

    private static PromoteTagStep step() {
        PromoteTagStep step = new PromoteTagStep(List.of("1.0"));
        step.setImage(IMAGE);
        return step;
    }

    private void roundTrip(PromoteTagStep step, String arguments) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, "promoteTag " + arguments);
    }

    @Test
    void keepsWhatIsPromotedWhere() throws Exception {
        PromoteTagStep step = step();
        roundTrip(step, "image: '" + IMAGE + "', tags: ['1.0']");

        step.setPlan(true);
        step.setCredentialsId("ghcr");
        step.setTo(List.of("docker.io/acme/app", "quay.io/acme/app"));
        step.setMirrors(List.of("registry.example.com/acme/"));
        step.setReportLag(true);
        roundTrip(
                step,
                "credentialsId: 'ghcr', image: '" + IMAGE + "', mirrors: ['registry.example.com/acme/'], plan: true,"
                        + " reportLag: true, tags: ['1.0'], to: ['docker.io/acme/app', 'quay.io/acme/app']");

        step = new PromoteTagStep(List.of("1.0"));
        step.setImages(List.of("a.b/c", "a.b/d"));
        roundTrip(step, "images: ['a.b/c', 'a.b/d'], tags: ['1.0']");
    }

    @Test
    void keepsItsGuards() throws Exception {
        PromoteTagStep step = step();
        step.setApply("sha256:1");
        step.setOrder("version");
        step.setYield(true);
        step.setAllowPlatformLoss(true);
        step.setOnlyIfHighest(List.of("latest", "edge"));
        step.setAllowPrereleases(true);
        step.setImmutable(List.of("v*.*.*"));
        RequiredEvidence require = new RequiredEvidence();
        require.setPolicyFile("release-policy.yaml");
        require.setTrustedRoot("trusted_root.json");
        step.setRequire(require);
        roundTrip(
                step,
                "allowPlatformLoss: true, allowPrereleases: true, apply: 'sha256:1', image: '" + IMAGE
                        + "', immutable: ['v*.*.*'], onlyIfHighest: ['latest', 'edge'], order: 'version', require:"
                        + " [policyFile: 'release-policy.yaml', trustedRoot: 'trusted_root.json'], tags: ['1.0'], yield:"
                        + " true");

        step = step();
        step.setOnlyIfHighest(List.of());
        roundTrip(step, "image: '" + IMAGE + "', onlyIfHighest: [], tags: ['1.0']");
    }

    @Test
    void keepsItsChannelAndTheKeyOfItsReceipts() throws Exception {
        Pipelines.addKey("release-key");
        Pipelines.addText("release-key-password");
        PromoteTagStep step = step();
        step.setChannel("ghcr.io/acme/metadata:prod");
        step.setPayload("ghcr.io/acme/payload:1.4.2");
        step.setReceiptKeyCredentialsId("release-key");
        step.setReceiptKeyPasswordCredentialsId("release-key-password");

        roundTrip(
                step,
                "channel: 'ghcr.io/acme/metadata:prod', image: '" + IMAGE
                        + "', payload: 'ghcr.io/acme/payload:1.4.2', receiptKeyCredentialsId: 'release-key',"
                        + " receiptKeyPasswordCredentialsId: 'release-key-password', tags: ['1.0']");
        assertThat(values(form.doFillReceiptKeyCredentialsIdItems(null, "")))
                .containsExactly("", "release-key", "release-key-password");
        assertThat(values(form.doFillReceiptKeyPasswordCredentialsIdItems(null, "")))
                .containsExactly("", "release-key-password");
    }

    private static List<String> values(ListBoxModel choices) {
        return choices.stream().map(choice -> choice.value).toList();
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    private static void isRight(FormValidation check) {
        assertThat(check.kind).as(check.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void saysWhatIsWrongWithAnArgument() {
        isRight(form.doCheckMirrors(null, "docker.io/acme/app\nregistry.example.com/acme/"));
        isRefused(form.doCheckMirrors(null, "docker.io/acme/app:1.0"), "where a mirror is asked for");
        isRight(form.doCheckImmutable(null, "v*.*.*"));
        isRefused(form.doCheckImmutable(null, "v 1"), "is not a pattern of tags.");
        isRight(form.doCheckOnlyIfHighest(null, "latest"));
        isRefused(form.doCheckOnlyIfHighest(null, "a b"), "a b");
        isRight(form.doCheckChannel(null, ""));
        isRight(form.doCheckChannel(null, "ghcr.io/acme/metadata:prod"));
        isRefused(form.doCheckChannel(null, "ghcr.io/acme/metadata"), "does not name a channel.");
        isRefused(form.doCheckPayload(null, "ghcr.io/acme/payload:1.4.2", ""), "was named without a channel");
        isRefused(form.doCheckPayload(null, "ghcr.io/acme/UPPER", "ghcr.io/acme/metadata:prod"), "UPPER");
        isRight(form.doCheckReceiptKeyPasswordCredentialsId(null, "password", "release-key"));
        isRefused(
                form.doCheckReceiptKeyPasswordCredentialsId(null, "password", ""),
                "promoteTag was told the password of a key for receipts, and no key. Give receiptKeyCredentialsId too, or"
                        + " leave receiptKeyPasswordCredentialsId out.");
        isRight(form.doCheckApply(null, "", true));
        isRight(form.doCheckApply(null, "sha256:" + "0".repeat(64), false));
        isRefused(form.doCheckApply(null, "sha256:0", false), "is not a digest");
        isRefused(
                form.doCheckApply(null, "sha256:" + "0".repeat(64), true),
                "promoteTag was told both to plan and to apply a plan. Leave out plan to move the tags, or apply to look at what"
                        + " would move.");
        assertThat(form.doFillOrderItems())
                .extracting((ListBoxModel.Option order) -> order.value)
                .containsExactly("", "version", "created", "commit");
    }

    @Test
    void saysWhatIsWrongWithTheEvidence() {
        String key = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);
        String policy = "trust: [{key: x}]";

        isRight(evidence.doCheckKey(null, key));
        isRefused(evidence.doCheckKey(null, "ssh-rsa AAAA"), "public key");
        isRefused(evidence.doCheckPolicy(null, policy, key), "promoteTag was told more than one thing to verify.");
        isRefused(evidence.doCheckPolicy(null, "require: [{type: provenance}]", ""), "not whom to trust");
        isRight(evidence.doCheckPolicyFile(null, "policy.yaml", "", ""));
        isRefused(
                evidence.doCheckPolicyFile(null, "policy.yaml", "", policy),
                "promoteTag was told more than one thing to verify.");
        isRefused(evidence.doCheckPolicyFile(null, "../policy.yaml", "", ""), "outside the workspace");
        isRefused(evidence.doCheckTrustedRoot(null, "/root.json"), "outside the workspace");
    }
}

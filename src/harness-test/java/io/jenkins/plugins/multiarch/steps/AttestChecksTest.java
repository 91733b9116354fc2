package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of attest and verifyImage say what the build would say. */
@WithJenkins
class AttestChecksTest {
    private static final String ATTEST = "descriptorByName/io.jenkins.plugins.multiarch.steps.AttestStep/";
    private static final String VERIFY = "descriptorByName/io.jenkins.plugins.multiarch.steps.VerifyImageStep/";
    private static final String POLICY = "trust: [{subject: a, issuer: b}]\nrequire: [{type: provenance}]\n";

    private JenkinsRule j;
    private AttestStep.DescriptorImpl attest;
    private VerifyImageStep.DescriptorImpl verify;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
        attest = j.jenkins.getDescriptorByType(AttestStep.DescriptorImpl.class);
        verify = j.jenkins.getDescriptorByType(VerifyImageStep.DescriptorImpl.class);
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    private static void isRight(FormValidation check) {
        assertThat(check.kind).as(check.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void sayWhatIsWrongWithImages() {
        isRight(attest.doCheckImages(null, "ghcr.io/acme/app:1\nghcr.io/acme/tools:1"));
        isRefused(attest.doCheckImage(null, "ghcr.io/Acme"), "Acme");
        isRefused(attest.doCheckImages(null, "ghcr.io/acme/app:1\nghcr.io/Acme"), "Acme");
        isRight(verify.doCheckImage(null, "ghcr.io/acme/app:1"));
        isRefused(verify.doCheckImage(null, " "), "The argument image is empty.");
    }

    @Test
    void sayWhatIsWrongWithDocuments() {
        isRight(attest.doCheckSboms(null, "linux/arm64=sbom-arm64.json\nsbom.json"));
        isRefused(attest.doCheckSboms(null, "linux/arm64=../sbom.json"), "which is outside the workspace");
        isRefused(attest.doCheckScans(null, "/tmp/scan.json"), "which is outside the workspace");
        isRight(attest.doCheckPredicates(null, "https://example.com/review/v1=review.json"));
        isRefused(attest.doCheckPredicates(null, "review.json"), "is no key with a value");
        isRefused(
                attest.doCheckPredicates(null, "https://example.com/review/v1=../review.json"),
                "which is outside the workspace");
        isRefused(
                attest.doCheckPredicates(null, "https://slsa.dev/provenance/v1=mine.json"),
                "which the controller says by itself");
    }

    @Test
    void sayWhatIsWrongWithFiles() {
        isRight(attest.doCheckFiles(null, "build/app.tar\ninstall.sh"));
        isRefused(
                attest.doCheckFiles(null, "../app.tar"),
                "which is outside the workspace. Name a path inside the workspace, as in build/app.tar.");
        isRight(verify.doCheckPolicyFile(null, "release-policy.yaml", "", ""));
        isRefused(verify.doCheckPolicyFile(null, "/etc/passwd", "", ""), "which is outside the workspace");
        isRight(verify.doCheckTrustedRoot(null, ""));
        isRefused(verify.doCheckTrustedRoot(null, "../trusted_root.json"), "which is outside the workspace");
    }

    @Test
    void wantOneThingToSignWith() {
        isRight(attest.doCheckKeyCredentialsId(null, "release-key", ""));
        isRight(attest.doCheckKeyCredentialsId(null, "", "sigstore-token"));
        isRefused(attest.doCheckKeyCredentialsId(null, "", ""), "attest was not told what to sign with");
        isRight(attest.doCheckTokenCredentialsId(null, "", ""));
        isRefused(
                attest.doCheckTokenCredentialsId(null, "sigstore-token", "release-key"),
                "was told both a key and a token");
        isRight(attest.doCheckKeyPasswordCredentialsId(null, "key-password", ""));
        isRefused(
                attest.doCheckKeyPasswordCredentialsId(null, "key-password", "sigstore-token"),
                "attest was told the password of a key, and to sign in the name of a token. Leave"
                        + " keyPasswordCredentialsId out.");
    }

    @Test
    void wantOneThingToVerifyBy() {
        String key = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

        isRight(verify.doCheckKey(null, key));
        isRight(verify.doCheckKey(null, ""));
        isRefused(verify.doCheckKey(null, "ssh-rsa AAAA"), "public key");
        isRight(verify.doCheckPolicy(null, POLICY, ""));
        isRefused(verify.doCheckPolicy(null, "require: [{type: provenance}]", ""), "not whom to trust");
        isRefused(verify.doCheckPolicy(null, POLICY, key), "verifyImage was told more than one thing to verify.");
        isRefused(
                verify.doCheckPolicyFile(null, "policy.yaml", "", POLICY),
                "verifyImage was told more than one thing to verify.");
    }

    @Test
    void offerWhatTheStepsTake() throws Exception {
        Pipelines.addKey("release-key");
        Pipelines.addText("key-password");
        Pipelines.addCredentials("ghcr", "robot");

        assertThat(values(attest.doFillFormatItems())).containsExactly("", "bundle", "legacy", "both");
        assertThat(values(attest.doFillKeyCredentialsIdItems(null, "")))
                .contains("release-key", "key-password")
                .doesNotContain("ghcr");
        assertThat(values(attest.doFillKeyPasswordCredentialsIdItems(null, "")))
                .contains("key-password")
                .doesNotContain("release-key", "ghcr");
        assertThat(values(attest.doFillTokenCredentialsIdItems(null, "")))
                .contains("key-password", "release-key")
                .doesNotContain("ghcr");
        assertThat(values(verify.doFillCredentialsIdItems(null, "")))
                .contains("ghcr")
                .doesNotContain("release-key");
    }

    private static List<String> values(ListBoxModel choices) {
        return choices.stream().map(choice -> choice.value).toList();
    }

    @Test
    void answerToPostAlone() throws Exception {
        for (String check : List.of(
                ATTEST + "checkFiles",
                ATTEST + "checkKeyCredentialsId",
                ATTEST + "fillKeyCredentialsIdItems",
                VERIFY + "checkPolicy",
                VERIFY + "checkTrustedRoot")) {
            HttpURLConnection get = (HttpURLConnection) new URL(j.getURL(), check + "?value=x").openConnection();

            assertThat(get.getResponseCode()).as(check).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        }
    }

    @Test
    void tellNothingToThoseWhoMayNotConfigureTheJob() throws Exception {
        Pipelines.addKey("release-key");
        j.createProject(WorkflowJob.class, "app");
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));

        for (String field : List.of("fillKeyCredentialsIdItems", "fillTokenCredentialsIdItems")) {
            assertThat(answer("author", ATTEST + field)).as(field).contains("release-key");
            assertThat(answer("reader", ATTEST + field)).as(field).doesNotContain("release-key");
        }
        assertThat(answer("author", ATTEST + "checkFiles")).contains("outside the workspace");
        assertThat(answer("reader", ATTEST + "checkFiles")).doesNotContain("outside the workspace");
        assertThat(answer("author", VERIFY + "checkTrustedRoot")).contains("outside the workspace");
        assertThat(answer("reader", VERIFY + "checkTrustedRoot")).doesNotContain("outside the workspace");
    }

    private String answer(String user, String method) throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient().login(user)) {
            URL address = new URL(browser.createCrumbedUrl("job/app/" + method) + "&value=../x");
            return browser.getPage(new WebRequest(address, HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
        }
    }
}

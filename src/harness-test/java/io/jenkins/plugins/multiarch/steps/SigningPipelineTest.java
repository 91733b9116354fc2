package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.attest.keyless.FakeSigstore;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.SigningKeyCredentials;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a Pipeline signs with, besides a key in a file. */
@WithJenkins
class SigningPipelineTest {
    private static final String KEY = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);
    private static final String PUBLIC = new String(SampleKeys.file("p256.pub"), StandardCharsets.US_ASCII);

    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    private static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static void addSigningKey() throws Exception {
        add(new SigningKeyCredentials(CredentialsScope.GLOBAL, "release-key", "", Secret.fromString(KEY)));
    }

    private static void addText(String id, String text) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
    }

    @Test
    void signsWithAKeyThatNoPipelineCanRead() throws Exception {
        addSigningKey();
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            Pipelines.succeeds(j, """
                    attest image: '%1$s:1.0', provenance: false, keyCredentialsId: 'release-key'
                    verifyImage image: '%1$s:1.0', key: '''%2$s'''
                    """.formatted(registry.repository("acme/app"), PUBLIC));
        }
    }

    @Test
    void bindsTheKeyToNoVariable() throws Exception {
        addSigningKey();

        for (String binding : new String[] {"file", "string", "certificate"}) {
            String variable = binding.equals("certificate") ? "keystoreVariable" : "variable";
            WorkflowRun build = Pipelines.begins(j, """
                    node { withCredentials([%s(credentialsId: 'release-key', %s: 'K')]) { echo "READ ${env.K}" } }
                    """.formatted(binding, variable));
            j.assertBuildStatus(hudson.model.Result.FAILURE, j.waitForCompletion(build));

            j.assertLogNotContains("READ", build);
            build.getParent().delete();
        }
    }

    @Test
    void signsInTheNameOfATokenAndVerifiesByThePolicyOfTheConfiguration() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start();
                FakeSigstore sigstore = new FakeSigstore()) {
            registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            addText("sigstore-token", FakeSigstore.token());
            MultiArchConfiguration configuration = MultiArchConfiguration.get();
            configuration.setTrustedRoot(new String(sigstore.trustedRoot(), StandardCharsets.UTF_8));
            configuration.setSigningConfig(new String(sigstore.signingConfig(), StandardCharsets.UTF_8));
            configuration.setPolicy("""
                    trust:
                      - subject: %s
                        issuer: %s
                    require:
                      - type: signature
                    """.formatted(FakeSigstore.SUBJECT, FakeSigstore.ISSUER));

            WorkflowRun build = Pipelines.succeeds(j, """
                    attest image: '%1$s:1.0', provenance: false, tokenCredentialsId: 'sigstore-token'
                    def verified = verifyImage image: '%1$s:1.0'
                    echo "VERIFIED ${verified.passed}"
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("VERIFIED true", build);
            for (String part : FakeSigstore.token().split("\\.", -1)) {
                assertThat(JenkinsRule.getLog(build)).doesNotContain(part);
            }
        }
    }

    @Test
    void wantsASigstoreInstanceForAToken() throws Exception {
        addText("sigstore-token", FakeSigstore.token());

        WorkflowRun build = Pipelines.isRefused(
                j, "attest image: 'ghcr.io/acme/app:1', provenance: false, tokenCredentialsId: 'sigstore-token'");

        j.assertLogContains(
                "No Sigstore instance is configured, which a token asks for. Put its trusted_root.json and its"
                        + " signing_config.v0.2.json into the system configuration, or sign with a key.",
                build);
    }

    @Test
    void saysThatAKeyIsNoToken() throws Exception {
        addSigningKey();
        try (FakeSigstore sigstore = new FakeSigstore()) {
            MultiArchConfiguration configuration = MultiArchConfiguration.get();
            configuration.setTrustedRoot(new String(sigstore.trustedRoot(), StandardCharsets.UTF_8));
            configuration.setSigningConfig(new String(sigstore.signingConfig(), StandardCharsets.UTF_8));

            WorkflowRun build = Pipelines.isRefused(
                    j, "attest image: 'ghcr.io/acme/app:1', provenance: false, tokenCredentialsId: 'release-key'");

            j.assertLogContains(
                    "Credentials 'release-key' are of the kind 'Signing key', which holds no token. Give the id of an"
                            + " 'OpenID Connect id token', or of a 'Secret text' with one.",
                    build);
        }
    }

    @Test
    void wantsAKeyOrAToken() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "attest image: 'ghcr.io/acme/app:1', provenance: false");

        j.assertLogContains(
                "attest was not told what to sign with, or was told both a key and a token. Give keyCredentialsId, as in"
                        + " keyCredentialsId: 'release-key', or tokenCredentialsId.",
                build);
    }

    @Test
    void wantsAPolicyFromSomewhere() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "verifyImage image: 'ghcr.io/acme/app:1'");

        j.assertLogContains(
                "verifyImage was not told what to verify, and no policy is configured. Give one of key, policy and"
                        + " policyFile, or set a policy in the system configuration.",
                build);
    }
}

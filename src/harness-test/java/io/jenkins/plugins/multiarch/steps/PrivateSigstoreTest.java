package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.attest.keyless.FakeSigstore;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PrivateSigstoreTest {

    /** What answers is no Fulcio, but it was heard, which its certificate alone does not bring about. */
    @Test
    void isReachedWithTheCertificateThatIsConfiguredForItsHost(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "sigstore-token", "", Secret.fromString(FakeSigstore.token())));
        try (FakeSigstore sigstore = new FakeSigstore();
                FakeRegistry service = FakeRegistry.builder().withTls().start();
                FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            RegistryConfiguration trusted = new RegistryConfiguration(service.address());
            trusted.setCertificate(service.authority());
            MultiArchConfiguration configuration = MultiArchConfiguration.get();
            configuration.setRegistries(List.of(trusted));
            configuration.setTrustedRoot(new String(sigstore.trustedRoot(), StandardCharsets.UTF_8));
            configuration.setSigningConfig(new String(sigstore.signingConfig(), StandardCharsets.UTF_8)
                    .replaceFirst("\"url\":\"[^\"]*\"", "\"url\":\"https://" + service.address() + "\""));

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "attest image: '%s:1.0', provenance: false, tokenCredentialsId: 'sigstore-token'"
                            .formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "The signing service at https://" + service.address() + "/api/v2/signingCert answered 404", build);
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.attest.keyless.FakeSigstore;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every kind of credentials that holds a key, or a token, signs. */
@WithJenkins
class SigningKindsTest {
    private static final String PASSWORD = "Paßwort";

    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
    }

    private static String text(String file) {
        return new String(SampleKeys.file(file), StandardCharsets.US_ASCII);
    }

    private static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static void addText(String id, String text) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
    }

    /** Attests and verifies. */
    private WorkflowRun signs(String arguments, String publicKey) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            return Pipelines.succeeds(j, """
                    attest image: '%1$s:1.0', provenance: false, keyCredentialsId: 'release-key'%2$s
                    verifyImage image: '%1$s:1.0', key: '''%3$s'''
                    """.formatted(registry.repository("acme/app"), arguments, text(publicKey)));
        }
    }

    @Test
    void aSecretText() throws Exception {
        addText("release-key", text("p256.pem"));

        signs("", "p256.pub");
    }

    @Test
    void aKeyOfCosignWithItsPassword() throws Exception {
        addText("release-key", text("cosign.pem"));
        addText("key-password", PASSWORD);

        WorkflowRun build = signs(", keyPasswordCredentialsId: 'key-password'", "cosign.pub");

        assertThat(JenkinsRule.getLog(build)).doesNotContain(PASSWORD);
    }

    @Test
    void noKeyWithAWrongPassword() throws Exception {
        addText("release-key", text("cosign.pem"));
        addText("key-password", "not-the-password");

        WorkflowRun build = Pipelines.isRefused(
                j,
                "attest image: 'ghcr.io/acme/app:1', provenance: false, keyCredentialsId: 'release-key',"
                        + " keyPasswordCredentialsId: 'key-password'");

        j.assertLogContains(
                "The private key does not open with this password. Give the password that it was encrypted with.",
                build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("not-the-password");
    }

    @Test
    void aCertificate() throws Exception {
        add(new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "release-key",
                "",
                "secret-of-the-store",
                new CertificateCredentialsImpl.UploadedKeyStoreSource(
                        null, SecretBytes.fromBytes(store("secret-of-the-store")))));

        signs("", "p256.pub");
    }

    private static byte[] store(String password) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(text("p256.pem").replaceAll("-----[^-]*-----", ""));
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(SampleKeys.file("p256.crt")));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "release",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
                password.toCharArray(),
                new Certificate[] {certificate});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password.toCharArray());
        return out.toByteArray();
    }

    @Test
    void forVerifiersThatKnowNoBundles() throws Exception {
        addText("release-key", text("p256.pem"));

        signs(", format: 'legacy'", "p256.pub");
    }

    @Test
    void severalImages() throws Exception {
        addText("release-key", text("p256.pem"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.addImage("acme/tools", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    def attested = attest images: ['%1$s:1.0', '%2$s:1.0'], provenance: false,
                        keyCredentialsId: 'release-key'
                    echo "IMAGES ${attested.images.size()}"
                    verifyImage image: '%1$s:1.0', key: '''%3$s'''
                    verifyImage image: '%2$s:1.0', key: '''%3$s'''
                    """.formatted(
                            registry.repository("acme/app"), registry.repository("acme/tools"), text("p256.pub")));

            j.assertLogContains("IMAGES 2", build);
        }
    }

    @Test
    void aTokenInAFileWithATrustedRootOfTheWorkspace() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start();
                FakeSigstore sigstore = new FakeSigstore()) {
            registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            add(new FileCredentialsImpl(
                    CredentialsScope.GLOBAL,
                    "sigstore-token",
                    "",
                    "token",
                    SecretBytes.fromBytes(FakeSigstore.token().getBytes(StandardCharsets.US_ASCII))));
            MultiArchConfiguration configuration = MultiArchConfiguration.get();
            configuration.setTrustedRoot(new String(sigstore.trustedRoot(), StandardCharsets.UTF_8));
            configuration.setSigningConfig(new String(sigstore.signingConfig(), StandardCharsets.UTF_8));
            String policy = "trust: [{subject: '%s', issuer: '%s'}]\nrequire: [{type: signature}]\n"
                    .formatted(FakeSigstore.SUBJECT, FakeSigstore.ISSUER);

            Pipelines.succeeds(j, """
                    attest image: '%1$s:1.0', provenance: false, tokenCredentialsId: 'sigstore-token'
                    node {
                        writeFile file: 'root.json', text: '''%2$s'''
                        writeFile file: 'policy.yaml', text: '''%3$s'''
                        verifyImage image: '%1$s:1.0', policyFile: 'policy.yaml', trustedRoot: 'root.json'
                    }
                    """.formatted(
                            registry.repository("acme/app"),
                            new String(sigstore.trustedRoot(), StandardCharsets.UTF_8),
                            policy));
        }
    }

    @Test
    void aScanOfOnePlatform() throws Exception {
        addText("release-key", text("p256.pem"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    node {
                        writeFile file: 'scan.json', text: '{"SchemaVersion": 2, "ArtifactName": "app", "Results": []}'
                        def attested = attest image: '%s:1.0', provenance: false, sign: false,
                            scans: ['linux/arm64=scan.json'], keyCredentialsId: 'release-key'
                        echo "TYPES ${attested.images[0].attestations*.predicateType.toSet()}"
                    }
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("https://in-toto.io/attestation/vulns/v0.2", build);
        }
    }
}

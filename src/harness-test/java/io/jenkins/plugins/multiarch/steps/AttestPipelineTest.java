package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.FilePath;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AttestPipelineTest {
    private static final String KEY = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

    private JenkinsRule j;

    @BeforeEach
    void addTheKey(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
    }

    /** Those of a type that lie beside a manifest and that the key signed. */
    static List<Statement> statements(FakeRegistry fake, Digest subject, String type) throws Exception {
        Registry registry =
                HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        Repository repository = fake.repository("acme/app");
        KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
        List<Statement> statements = new ArrayList<>();
        for (Descriptor referrer : registry.referrers(repository, subject, "")) {
            ImageManifest manifest =
                    (ImageManifest) registry.find(repository, referrer.digest()).orElseThrow();
            try (InputStream in = registry.open(repository, manifest.layers().get(0))) {
                Bundle bundle = Bundle.parse(in.readAllBytes());
                assertThat(verifier.verify(bundle)).isInstanceOf(Verification.Verified.class);
                Statement statement = Statement.parse(((Envelope) bundle.content()).payload());
                if (statement.predicateType().equals(type)) {
                    statements.add(statement);
                }
            }
        }
        return statements;
    }

    @Test
    void tellsTheTruthWhateverTheScriptSays() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            WorkflowJob job = Pipelines.job(j, """
                    withEnv(['GIT_COMMIT=forged', 'GIT_URL=https://forged.test/app.git', 'BUILD_URL=https://forged.test/',
                             'JENKINS_URL=https://forged.test/', 'JOB_NAME=forged']) {
                        def attested = attest image: '%s:1.0', keyCredentialsId: 'release-key'
                        echo "ATTESTED ${attested} ${attested.changed} ${attested.images[0].attestations.size()}"
                    }
                    """.formatted(registry.repository("acme/app")));
            job.addProperty(new hudson.model.ParametersDefinitionProperty(
                    new PasswordParameterDefinition("TOKEN", "", ""),
                    new hudson.model.StringParameterDefinition("CHANNEL", "")));

            WorkflowRun build = Objects.requireNonNull(job.scheduleBuild2(
                            0,
                            new ParametersAction(
                                    new PasswordParameterValue("TOKEN", "t0p-s3cret"),
                                    new StringParameterValue("CHANNEL", "stable"))))
                    .get();

            j.assertBuildStatus(Result.SUCCESS, build);
            j.assertLogContains("ATTESTED " + registry.repository("acme/app") + "@" + image.digest() + " true", build);
            for (Digest subject : subjects(image)) {
                List<Statement> said = statements(registry, subject, PredicateTypes.PROVENANCE);
                assertThat(said).hasSize(1);
                String all = new String(said.get(0).toBytes(), StandardCharsets.UTF_8);
                assertThat(all)
                        .doesNotContain("forged")
                        .doesNotContain("t0p-s3cret")
                        .doesNotContain("TOKEN");
                JsonNode provenance = said.get(0).predicateJson();
                JsonNode asked = provenance.at("/buildDefinition/externalParameters");
                assertThat(asked.at("/pipeline/inline").asBoolean()).isTrue();
                assertThat(asked.at("/parameters/CHANNEL").asText()).isEqualTo("stable");
                assertThat(provenance.at("/runDetails/builder/id").asText())
                        .isEqualTo(j.getURL() + BuildProvenance.SIGNED_HERE);
                assertThat(provenance.at("/runDetails/metadata/invocationId").asText())
                        .isEqualTo(j.getURL() + build.getUrl());
                assertThat(provenance
                                .at("/buildDefinition/internalParameters/job")
                                .asText())
                        .isEqualTo("release");
            }
        }
    }

    private static List<Digest> subjects(Manifest image) {
        return Stream.concat(
                        Stream.of(image.digest()),
                        ((ImageIndex) image).images().stream().map(Descriptor::digest))
                .toList();
    }

    @Test
    void readsDocumentsOfTheNodeAndSignsWhereTheKeyIs() throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            Pipelines.succeeds(j, """
                    node('linux') {
                        writeFile file: 'sbom.json', text: '{"bomFormat": "CycloneDX", "specVersion": "1.6"}'
                        attest image: '%s:1.0', sboms: ['linux/arm64': 'sbom.json'], keyCredentialsId: 'release-key'
                    }
                    """.formatted(registry.repository("acme/app")));

            List<Digest> subjects = subjects(image);
            assertThat(statements(registry, subjects.get(0), PredicateTypes.CYCLONEDX))
                    .isEmpty();
            assertThat(statements(registry, subjects.get(1), PredicateTypes.CYCLONEDX))
                    .isEmpty();
            assertThat(statements(registry, subjects.get(2), PredicateTypes.CYCLONEDX))
                    .hasSize(1);
        }
    }

    @Test
    void signsNoProvenanceThatTheWorkspaceHolds() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(j, """
                    node {
                        writeFile file: 'forged.json', text: '{"runDetails": {"builder": {"id": "%s#controller-signed"}}}'
                        attest image: '%s:1.0', provenance: false, keyCredentialsId: 'release-key',
                            predicates: ['https://slsa.dev/provenance/v1': 'forged.json']
                    }
                    """.formatted(j.getURL(), registry.repository("acme/app")));

            j.assertLogContains(
                    "attest was given a file of the type 'https://slsa.dev/provenance/v1', which the controller says by"
                            + " itself and takes from nobody. Give it a type of its own, as in"
                            + " https://example.com/review/v1.",
                    build);
            assertThat(statements(registry, image.digest(), PredicateTypes.PROVENANCE))
                    .isEmpty();
        }
    }

    @Test
    void signsFilesOfTheNode() throws Exception {
        DumbSlave agent = j.createOnlineSlave(Label.get("linux"));

        WorkflowRun build = Pipelines.succeeds(j, """
                node('linux') {
                    writeFile file: 'build/app.tar', text: 'what was built'
                    def signed = attest files: ['build/app.tar'], keyCredentialsId: 'release-key'
                    echo "SIGNED ${signed.files} ${signed.images}"
                }
                """);

        byte[] content = "what was built".getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(content);
        j.assertLogContains("SIGNED [[file:build/app.tar, digest:" + digest + "]] []", build);
        j.assertLogContains("Signed build/app.tar (" + digest + ") with the ECDSA P-256 key", build);
        FilePath folder = agent.getWorkspaceFor(build.getParent()).child("build");
        KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
        Bundle bundle = Bundle.parse(
                folder.child("app.tar.sigstore.json").readToString().getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(bundle, Blob.of("text/plain", content))).isInstanceOf(Verification.Verified.class);
        Envelope envelope = Envelope.parse(
                folder.child("app.tar.intoto.jsonl").readToString().getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(Bundle.of(envelope, bundle.material()))).isInstanceOf(Verification.Verified.class);
        Statement statement = Statement.parse(envelope.payload());
        assertThat(statement.subjects()).containsExactly(new Subject("app.tar", digest));
        assertThat(statement.predicateType()).isEqualTo(PredicateTypes.PROVENANCE);
        assertThat(statement.predicateJson().at("/runDetails/builder/id").asText())
                .isEqualTo(j.getURL() + BuildProvenance.SIGNED_HERE);
    }

    @Test
    void signsNoStatementThatIsCalledAFile() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, """
                node {
                    writeFile file: 'app.tar', text: 'DSSEv1 28 application/vnd.in-toto+json 2 {}'
                    attest files: ['app.tar'], keyCredentialsId: 'release-key'
                }
                """);

        j.assertLogContains("The file holds what is signed of a statement", build);
    }

    @Test
    void signsFilesInsideNodeAlone() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "attest files: ['app.tar'], keyCredentialsId: 'release-key'");

        j.assertLogContains("'app.tar' is a file, and the step was called outside node", build);
    }

    @Test
    void leavesNoTraceOfTheKey() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.succeeds(
                    j,
                    "attest image: '%s:1.0', keyCredentialsId: 'release-key'"
                            .formatted(registry.repository("acme/app")));

            String secret = KEY.lines()
                    .filter(line -> !line.startsWith("-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(JenkinsRule.getLog(build)).doesNotContain(secret);
            try (Stream<Path> files = Files.walk(j.jenkins.getRootDir().toPath())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(secret))
                            .as(file.toString())
                            .isFalse();
                }
            }
        }
    }

    @Test
    void isRefusedInTheBuildOfAPullRequest() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "withEnv(['CHANGE_ID=7']) { attest image: '%s:1.0', keyCredentialsId: 'release-key' }"
                            .formatted(registry.repository("acme/app")));

            j.assertLogContains("This build is of a pull request, and attest writes to a registry.", build);
        }
    }

    @Test
    void saysThatTheKeyIsNotThere() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j, "attest image: '%s:1.0', keyCredentialsId: 'no-key'".formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "Credentials 'no-key' to sign with were not found: release may use none with this id. Create"
                            + " them where the job can see them: a 'Signing key' for a key, a 'Secret text' for its password, an 'OpenID Connect id token' for a token.",
                    build);
        }
    }

    @Test
    void saysThatAPasswordIsNoKey() throws Exception {
        Pipelines.addCredentials("ghcr", "robot");
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j, "attest image: '%s:1.0', keyCredentialsId: 'ghcr'".formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "Credentials 'ghcr' are of the kind 'Username with password', which holds no key to sign with. Give the id"
                            + " of a 'Signing key', of a 'Secret file' or a 'Secret text' with a key in PEM, or of a 'Certificate'.",
                    build);
        }
    }

    @Test
    void asksForTheUrlOfJenkins() throws Exception {
        jenkins.model.JenkinsLocationConfiguration.get().setUrl(null);
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "attest image: '%s:1.0', keyCredentialsId: 'release-key'"
                            .formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "Jenkins does not know its own URL, by which its provenance says who built. Set it in the system"
                            + " configuration, as 'Jenkins URL'.",
                    build);
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SignedStatements.image;
import static io.jenkins.plugins.multiarch.steps.SignedStatements.statements;
import static io.jenkins.plugins.multiarch.steps.SignedStatements.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Label;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What attest takes of a node: documents to attest, and files to sign. */
@WithJenkins
class AttestFilesPipelineTest {
    private JenkinsRule j;

    @BeforeEach
    void addTheKey(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
    }

    @Test
    void readsDocumentsOfTheNodeAndSignsWhereTheKeyIs() throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            Pipelines.succeeds(j, """
                    node('linux') {
                        writeFile file: 'sbom.json', text: '{"bomFormat": "CycloneDX", "specVersion": "1.6"}'
                        attest image: '%s:1.0', provenance: false, sboms: ['linux/arm64': 'sbom.json'],
                            keyCredentialsId: 'release-key'
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

    /** It asks the node for files alone, and here are none. */
    @Test
    void doesNotWaitForANodeThatItNeedsNothingOf() throws Exception {
        DumbSlave agent = j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            WorkflowRun build = Pipelines.begins(
                    j, """
                    node('linux') {
                        multiArchAgent(cell: '%s')
                        attest image: '%s:1.0', provenance: false, keyCredentialsId: 'release-key'
                        echo 'attested'
                    }
                    """.formatted(AgentStepTest.cell("wait").toJson(), registry.repository("acme/app")));
            j.waitForMessage("waits for an agent with the label nowhere", build);

            agent.toComputer().disconnect(new OfflineCause.ByCLI("")).get();
            j.createOnlineSlave(Label.get("nowhere"));

            j.waitForMessage("[Pipeline] echo", build);
            assertThat(agent.toComputer().isOffline()).isTrue();
            build.doKill();
            j.waitForCompletion(build);
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
                .isEqualTo(j.getURL() + BuildProvenance.HANDED_OVER);
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
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.TestResult;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a step that is refused leaves behind, and one that has nothing left to do. */
@WithJenkins
class AttestAllOrNothingTest {
    private JenkinsRule j;

    @BeforeEach
    void addTheKey(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
    }

    private static void assertUnsigned(FakeRegistry fake, Digest image) throws Exception {
        Registry registry =
                HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        assertThat(registry.referrers(fake.repository("acme/app"), image, "")).isEmpty();
    }

    private void assertUnsigned(WorkflowRun build, String file) throws Exception {
        assertThat(j.jenkins
                        .getWorkspaceFor(build.getParent())
                        .child(file + ".sigstore.json")
                        .exists())
                .isFalse();
    }

    @Test
    void signsNoFileWhereAnImageIsRefused() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(j, """
                    node('built-in') {
                        writeFile file: 'app.tar', text: 'what was built'
                        attest image: '%s:1.0', files: ['app.tar'], keyCredentialsId: 'release-key'
                    }
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("This build did not build ", build);
            assertUnsigned(build, "app.tar");
        }
    }

    @Test
    void signsNothingWhereADocumentIsOfAnotherImage() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Digest image = registry.addImage("acme/app", "1.0", "linux/amd64").digest();

            WorkflowRun build = Pipelines.isRefused(j, """
                    node('built-in') {
                        writeFile file: 'app.tar', text: 'what was built'
                        writeFile file: 'sbom.json', text: '''{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata":
                            {"component": {"type": "container", "version": "sha256:%s"}}}'''
                        attest image: '%s:1.0', files: ['app.tar'], sboms: ['sbom.json'], provenance: false,
                            keyCredentialsId: 'release-key'
                    }
                    """.formatted("f".repeat(64), registry.repository("acme/app")));

            j.assertLogContains("The SBOM is about sha256:ffff", build);
            assertUnsigned(build, "app.tar");
            assertUnsigned(registry, image);
        }
    }

    @Test
    void signsNoImageWhereAFileIsRefused() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Digest image = registry.addImage("acme/app", "1.0", "linux/amd64").digest();

            WorkflowRun build = Pipelines.isRefused(j, """
                    node('built-in') {
                        writeFile file: 'app.tar', text: 'what was built'
                        writeFile file: 'statement', text: 'DSSEv1 28 application/vnd.in-toto+json 2 {}'
                        attest image: '%s:1.0', files: ['app.tar', 'statement'], provenance: false,
                            keyCredentialsId: 'release-key'
                    }
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("The file holds what is signed of a statement", build);
            assertUnsigned(build, "app.tar");
            assertUnsigned(registry, image);
        }
    }

    @Test
    void signsNoImageWhereAnotherIsMissing() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Digest image = registry.addImage("acme/app", "1.0", "linux/amd64").digest();

            Pipelines.isRefused(
                    j,
                    "attest images: ['%1$s:1.0', '%1$s:2.0'], provenance: false, keyCredentialsId: 'release-key'"
                            .formatted(registry.repository("acme/app")));

            assertUnsigned(registry, image);
        }
    }

    @Test
    void takesNoScanUnlooked() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, """
                attest image: 'registry.invalid/app:1.0', keyCredentialsId: 'release-key',
                    predicates: ['https://in-toto.io/attestation/vulns/v0.2': 'scan-of-another-image.json']
                """);

        j.assertLogContains(
                "attest was given a file of the type 'https://in-toto.io/attestation/vulns/v0.2' as a predicate",
                build);
    }

    @Test
    void changesNothingBesideAFileTheSecondTime() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                node {
                    writeFile file: 'app.tar', text: 'what was built'
                    def signatures = []
                    for (int i = 0; i < 2; i++) {
                        def signed = attest files: ['app.tar'], keyCredentialsId: 'release-key'
                        echo "CHANGED ${i} ${signed.changed}"
                        signatures << readFile('app.tar.sigstore.json')
                    }
                    echo "SAME ${signatures[0] == signatures[1]}"
                }
                """);

        j.assertLogContains("CHANGED 0 true", build);
        j.assertLogContains("CHANGED 1 false", build);
        j.assertLogContains("SAME true", build);
    }

    /** A report that changes while several things are attested. */
    @TestExtension
    public static final class Growing extends TestReports {
        private static int asked;

        @Override
        List<Report> reports(Run<?, ?> run) {
            asked++;
            return List.of(new Report(new TestResult.Counts(asked, 0, 0), List.of(), List.of(), "testReport"));
        }
    }

    @Test
    void readsTheResultsOfTestsOnceForAll() throws Exception {
        Growing.asked = 0;
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.addImage("acme/app", "2.0", "linux/arm64");

            Pipelines.succeeds(j, """
                    node {
                        writeFile file: 'app.tar', text: 'what was built'
                        attest images: ['%1$s:1.0', '%1$s:2.0'], files: ['app.tar'], provenance: false, testResults: true,
                            keyCredentialsId: 'release-key'
                    }
                    """.formatted(registry.repository("acme/app")));
        }

        assertThat(Growing.asked).isEqualTo(1);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who gets no signature, and that nobody gets the key. */
@WithJenkins
class AttestRefusalsPipelineTest {
    private static final String KEY = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

    private JenkinsRule j;

    @BeforeEach
    void addTheKey(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
    }

    @Test
    void leavesNoTraceOfTheKey() throws Exception {
        DumbSlave agent = j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, Pipelines.building(registry) + """
                    node('linux') {
                        writeFile file: 'sbom.json', text: '{"bomFormat": "CycloneDX", "specVersion": "1.6"}'
                        attest image: image.reference, sboms: ['sbom.json'], keyCredentialsId: 'release-key'
                    }
                    """);

            String secret = KEY.lines()
                    .filter(line -> !line.startsWith("-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(JenkinsRule.getLog(build)).doesNotContain(secret);
            assertThat(Path.of(agent.getRemoteFS(), "workspace", "release", "sbom.json"))
                    .exists();
            for (Path folder : List.of(j.jenkins.getRootDir().toPath(), Path.of(agent.getRemoteFS()))) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)
                                        .contains(secret))
                                .as(file.toString())
                                .isFalse();
                    }
                }
            }
        }
    }

    @Test
    void isRefusedInTheBuildOfAPullRequest() throws Exception {
        WorkflowRun build = Pipelines.isRefused(
                j,
                "withEnv(['CHANGE_ID=7']) { attest image: 'registry.invalid/app:1.0', keyCredentialsId: 'release-key' }");

        j.assertLogContains("This build is of a pull request, and attest writes to a registry.", build);
    }

    /** What Jenkins knows of the build, its script cannot take away. */
    @Test
    void isRefusedInTheBuildOfAPullRequestThatDeniesIt() throws Exception {
        WorkflowJob job = Pipelines.job(j, """
                withEnv(['CHANGE_ID=']) {
                    echo "CHANGE ${env.CHANGE_ID}"
                    attest image: 'registry.invalid/app:1.0', keyCredentialsId: 'release-key'
                }
                """);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE_ID", "7")));

        WorkflowRun build = j.assertBuildStatus(
                Result.FAILURE, Objects.requireNonNull(job.scheduleBuild2(0)).get());

        j.assertLogNotContains("CHANGE 7", build);
        j.assertLogContains("This build is of a pull request, and attest writes to a registry.", build);
    }

    @Test
    void saysThatTheKeyIsNotThere() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "attest image: '%s:1.0', provenance: false, keyCredentialsId: 'no-key'"
                            .formatted(registry.repository("acme/app")));

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
                    j,
                    "attest image: '%s:1.0', provenance: false, keyCredentialsId: 'ghcr'"
                            .formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "Credentials 'ghcr' are of the kind 'Username with password', which holds no key to sign with. Give the id"
                            + " of a 'Signing key', of a 'Secret file' or a 'Secret text' with a key in PEM, or of a 'Certificate'.",
                    build);
        }
    }

    @Test
    void asksForTheUrlOfJenkins() throws Exception {
        JenkinsLocationConfiguration.get().setUrl(null);
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.isRefused(
                    j, Pipelines.building(registry) + "attest image: image.reference, keyCredentialsId: 'release-key'");

            j.assertLogContains(
                    "Jenkins does not know its own URL, by which its provenance says who built. Set it in the system"
                            + " configuration, as 'Jenkins URL'.",
                    build);
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SignedStatements.image;
import static io.jenkins.plugins.multiarch.steps.SignedStatements.statements;
import static io.jenkins.plugins.multiarch.steps.SignedStatements.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What attest says of images and puts beside them. */
@WithJenkins
class AttestPipelineTest {
    private JenkinsRule j;

    @BeforeEach
    void addTheKey(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
    }

    @Test
    void tellsTheTruthWhateverTheScriptSays() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowJob job = Pipelines.job(j, Pipelines.building(registry) + """
                    withEnv(['GIT_COMMIT=forged', 'GIT_URL=https://forged.test/app.git', 'BUILD_URL=https://forged.test/',
                             'JENKINS_URL=https://forged.test/', 'JOB_NAME=forged']) {
                        def attested = attest image: image.reference, keyCredentialsId: 'release-key'
                        echo "ATTESTED ${attested} ${attested.changed} ${attested.images[0].attestations.size()}"
                    }
                    """);
            job.addProperty(new ParametersDefinitionProperty(
                    new PasswordParameterDefinition("TOKEN", "", ""), new StringParameterDefinition("CHANNEL", "")));

            WorkflowRun build = Objects.requireNonNull(job.scheduleBuild2(
                            0,
                            new ParametersAction(
                                    new PasswordParameterValue("TOKEN", "t0p-s3cret"),
                                    new StringParameterValue("CHANNEL", "stable")),
                            new CauseAction(
                                    new Cause.UserIdCause("user-4711"),
                                    new Cause.RemoteCause("build-host.test", "a note of theirs"))))
                    .get();

            j.assertBuildStatus(Result.SUCCESS, build);
            Manifest image = image(registry);
            j.assertLogContains("ATTESTED " + registry.repository("acme/app") + "@" + image.digest() + " true", build);
            assertThat(subjects(image)).hasSize(3);
            for (Digest subject : subjects(image)) {
                List<Statement> said = statements(registry, subject, PredicateTypes.PROVENANCE);
                assertThat(said).hasSize(1);
                String all = new String(said.get(0).toBytes(), StandardCharsets.UTF_8);
                assertThat(all)
                        .doesNotContain("forged")
                        .doesNotContain("t0p-s3cret")
                        .doesNotContain("TOKEN")
                        .doesNotContain("user-4711")
                        .doesNotContain("build-host")
                        .doesNotContain("a note");
                JsonNode provenance = said.get(0).predicateJson();
                JsonNode asked = provenance.at("/buildDefinition/externalParameters");
                assertThat(asked.at("/pipeline/inline").asBoolean()).isTrue();
                assertThat(asked.at("/parameters/CHANNEL").asText()).isEqualTo("stable");
                assertThat(provenance.at("/runDetails/builder/id").asText())
                        .isEqualTo(j.getURL() + BuildProvenance.SIGNED_HERE);
                assertThat(provenance.at("/runDetails/metadata/invocationId").asText())
                        .isEqualTo(j.getURL() + build.getUrl());
                JsonNode chosen = provenance.at("/buildDefinition/internalParameters");
                assertThat(chosen.path("job").asText()).isEqualTo("release");
                assertThat(chosen.path("causes").toString()).isEqualTo("[\"UserIdCause\",\"RemoteCause\"]");
                assertThat(chosen.path("platforms")).hasSize(2);
                assertThat(chosen.path("platforms").findValuesAsText("digest"))
                        .containsExactlyElementsOf(subjects(image).stream()
                                .skip(1)
                                .map(Digest::toString)
                                .toList());
            }
        }
    }

    @Test
    void refusesProvenanceOfWhatTheBuildDidNotBuild() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "attest image: '%s:1.0', keyCredentialsId: 'release-key'"
                            .formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "This build did not build " + subjects(image).get(1) + " (linux/amd64), and provenance of "
                            + registry.repository("acme/app") + "@" + image.digest()
                            + " would say that it did. Attest what"
                            + " buildMultiArch returned in this build, or say provenance: false, which attests and signs"
                            + " the rest. What others built, verifyImage verifies.",
                    build);
            for (String type : List.of(PredicateTypes.PROVENANCE, PredicateTypes.COSIGN_SIGNATURE)) {
                assertThat(statements(registry, image.digest(), type)).isEmpty();
            }
        }
    }

    /** Everything is checked before the first image is signed. */
    @Test
    void writesNothingWhereOneOfSeveralImagesWasBuiltElsewhere() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "foreign", "linux/amd64");

            Pipelines.isRefused(
                    j,
                    Pipelines.building(registry)
                            + "attest images: [image.reference, '%s:foreign'], keyCredentialsId: 'release-key'"
                                    .formatted(registry.repository("acme/app")));

            assertThat(statements(registry, image(registry).digest(), PredicateTypes.PROVENANCE))
                    .isEmpty();
        }
    }

    @Test
    void signsWhatOthersBuiltWithoutProvenance() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            Pipelines.succeeds(
                    j,
                    "attest image: '%s:1.0', provenance: false, keyCredentialsId: 'release-key'"
                            .formatted(registry.repository("acme/app")));

            assertThat(statements(registry, image.digest(), PredicateTypes.COSIGN_SIGNATURE))
                    .hasSize(1);
            assertThat(statements(registry, image.digest(), PredicateTypes.PROVENANCE))
                    .isEmpty();
        }
    }

    @Test
    void attestsACopyInAnotherRepository() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(
                    j, Pipelines.building(registry) + """
                    promoteTag image: image.reference, tags: ['stable'], to: ['%1$s']
                    def attested = attest image: '%1$s:stable', keyCredentialsId: 'release-key'
                    echo "ATTESTED ${attested}"
                    """.formatted(registry.repository("mirror/app")));

            j.assertLogContains(
                    "ATTESTED " + registry.repository("mirror/app") + "@"
                            + image(registry).digest(),
                    build);
        }
    }

    @Test
    void writesNothingTheSecondTime() throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, Pipelines.building(registry) + """
                    for (int i = 0; i < 2; i++) {
                        def attested = attest image: image.reference, keyCredentialsId: 'release-key', format: 'both'
                        echo "CHANGED ${i} ${attested.changed}"
                    }
                    """);

            j.assertLogContains("CHANGED 0 true", build);
            j.assertLogContains("CHANGED 1 false", build);
            assertThat(statements(registry, image(registry).digest(), PredicateTypes.PROVENANCE))
                    .hasSize(1);
        }
    }

    /** And not when it was attested, so that it says the same whenever that is. */
    @Test
    void saysThatABuildFinishedWhenItsPlatformsDid() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, "");
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));
        CollectedImage found = new CollectedImage(
                digest, Descriptor.of(MediaTypes.OCI_MANIFEST, digest, 7), List.of(), Optional.empty());
        BuiltCell.Facts how = new BuiltCell.Facts("agent", "buildah", false, 1, "log");
        String result =
                new BuiltCell("", Platform.parse("linux/arm64"), Optional.of(new BuiltCell.Image(found, how))).toJson();
        PlatformRecord record = PlatformRecord.waiting("acme/app", "linux/arm64")
                .built(digest.toString(), 1_700_000_000_000L, 1, "log", result);

        Predicate said = BuildProvenance.of(build)
                .provenance(BuiltPlatforms.of(List.of(record)))
                .predicate();

        assertThat(Json.read(said.json(), "The provenance")
                        .at("/runDetails/metadata/finishedOn")
                        .asText())
                .isEqualTo("2023-11-14T22:13:20Z");
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Subject;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** The one that the tag 1.0 leads to. */
    private static Manifest image(FakeRegistry fake) throws Exception {
        Registry registry =
                HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        return registry.get(ImageRef.parse(fake.repository("acme/app") + ":1.0"));
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
            job.addProperty(new hudson.model.ParametersDefinitionProperty(
                    new PasswordParameterDefinition("TOKEN", "", ""),
                    new hudson.model.StringParameterDefinition("CHANNEL", "")));

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
        job.addProperty(new hudson.model.ParametersDefinitionProperty(
                new hudson.model.StringParameterDefinition("CHANGE_ID", "7")));

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
        jenkins.model.JenkinsLocationConfiguration.get().setUrl(null);
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

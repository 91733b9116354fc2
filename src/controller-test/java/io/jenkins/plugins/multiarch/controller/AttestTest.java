package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.Finding;
import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.attest.ImageVerification;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Pipeline that wants to deceive: what it gets of {@code attest} is the truth, and no key. */
class AttestTest {
    private static final String KEY = new String(SampleKeys.file("p256.pem"), StandardCharsets.US_ASCII);

    @TempDir
    private static Path home;

    @TempDir
    private Path ours;

    @TempDir
    private Path theirs;

    @TempDir
    private Path dumps;

    @AutoClose
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.startWithGit(home);
        all.client().groovy("jenkins.model.JenkinsLocationConfiguration.get().url = 'https://jenkins.test/'");
        all.addCredentials("new io.jenkins.plugins.multiarch.config.SigningKeyCredentials(CredentialsScope.GLOBAL,"
                + " 'release-key', '', hudson.util.Secret.fromString(\"\"\"" + KEY + "\"\"\"))");
    }

    @Test
    void aScriptThatForgesGetsTheTruthAndFindsNoKey() throws Exception {
        GitRepository other = GitRepository.init(theirs);
        other.write("note", "of somebody else");
        String forged = other.commit("forged");
        GitRepository repository = GitRepository.init(ours);
        repository.write("Dockerfile", "FROM " + all.base() + "\nRUN uname -m > /arch\nCMD [\"cat\", \"/arch\"]\n");
        repository.write("Jenkinsfile", """
                def image = buildMultiArch image: '%1$s', builder: 'buildah', %2$s
                node('arch-amd64') {
                  for (binding in [file(credentialsId: 'release-key', variable: 'K'),
                                   string(credentialsId: 'release-key', variable: 'K'),
                                   certificate(credentialsId: 'release-key', keystoreVariable: 'K')]) {
                    try {
                      withCredentials([binding]) { sh 'cat "$K"' }
                      echo 'THE KEY WAS BOUND'
                    } catch (e) { echo "not bound: ${e.message}" }
                  }
                  checkout([$class: 'GitSCM', userRemoteConfigs: [[url: '%3$s']], branches: [[name: 'main']]])
                  withEnv(['GIT_COMMIT=%4$s', 'GIT_URL=https://forged.test/app.git', 'GIT_BRANCH=forged',
                           'BUILD_URL=https://forged.test/', 'JENKINS_URL=https://forged.test/', 'JOB_NAME=forged']) {
                    attest image: image.reference, keyCredentialsId: 'release-key', credentialsId: 'registry'
                  }
                }
                %5$s
                """.formatted(
                all.newRepository(), TwoArchitectures.ARGUMENTS, other.url(), forged, TwoArchitectures.SAY_IMAGE));
        repository.commit("ours");

        all.client().begin("deceiver", PipelineJob.fromGit(repository));
        JenkinsClient.Build build = all.client().end("deceiver");

        JsonNode image = build.said("IMAGE");
        List<JsonNode> provenance =
                provenance(ImageRef.parse(image.path("reference").asText()));
        assertThat(provenance).hasSize(1 + TwoArchitectures.PLATFORMS.size());
        for (JsonNode said : provenance) {
            JsonNode source = said.at("/buildDefinition/externalParameters/source");
            assertThat(source.path("repository").asText()).isEqualTo(repository.url());
            assertThat(said.at("/buildDefinition/externalParameters/pipeline/path")
                            .asText())
                    .isEqualTo("Jenkinsfile");
            assertThat(said.at("/runDetails/metadata/invocationId").asText())
                    .isEqualTo("https://jenkins.test/job/deceiver/1/");
            assertThat(said.at("/buildDefinition/externalParameters").toString())
                    .doesNotContain(forged, other.url());
            assertThat(said.toString()).doesNotContain("forged.test");
        }
        assertThat(build.log()).doesNotContain("THE KEY WAS BOUND");
        assertThat(build.log()).containsPattern("not bound: .*release-key");
        hasNoKey(build);
        assertThat(new KeyTraces(KEY).in(dump("--webroot=" + all.home().resolve(".war"))))
                .as("the controller, which has the key")
                .isTrue();
    }

    @Test
    void noAgentSeesTheKeyOfReceipts() throws Exception {
        Repository repository = all.newRepository();

        JenkinsClient.Build build = all.client()
                .run(
                        "receipts",
                        TwoArchitectures.stash("source", "FROM " + all.base() + "\nCOPY note /note\n")
                                + """
                        def image = buildMultiArch image: '%1$s', builder: 'buildah', source: 'stash:source', %2$s
                        node('arch-amd64') {
                          def release = [tags: ['stable'], receiptKeyCredentialsId: 'release-key', credentialsId: 'registry']
                          promoteTag(release + [image: image.reference])
                          promoteTag(release + [image: image.reference, to: ['%1$s-copy']])
                          rollbackTag(release + [image: '%1$s', to: image.digest])
                        }
                        """.formatted(repository, TwoArchitectures.ARGUMENTS));

        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log()).contains("Left a receipt beside ");
        hasNoKey(build);
    }

    /** Neither its log nor a file of the controller, nor the memory of an agent. */
    private void hasNoKey(JenkinsClient.Build build) throws Exception {
        KeyTraces traces = new KeyTraces(KEY);
        assertThat(traces.in(build.log().getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(traces.below(all.home())).isEmpty();
        for (String agent : List.of("arch-amd64", "arch-arm64")) {
            Path memory = dump(all.home().resolve("agent-" + agent).toString());
            assertThat(Files.size(memory)).isGreaterThan(1 << 20);
            assertThat(traces.in(memory)).as(agent).isFalse();
            Files.delete(memory);
        }
    }

    /** What the key says of how an image was built, beside it and each of its platforms. */
    private static List<JsonNode> provenance(ImageRef image) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (Finding finding : new ImageVerification(AttestTest.all.registry())
                .findings(image, new KeyVerifier(SampleKeys.trusted("p256.pub")))) {
            if (finding instanceof Accepted accepted
                    && accepted.statement().predicateType().equals(PredicateTypes.PROVENANCE)) {
                all.add(accepted.statement().predicateJson());
            }
        }
        return all;
    }

    /** All objects of the Java process with an argument, the forgotten ones too. */
    private Path dump(String argument) throws IOException, InterruptedException {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains(argument))
                .toList();
        assertThat(processes).hasSize(1);
        ProcessHandle process = processes.get(0);
        Path file = dumps.resolve(process.pid() + ".hprof");
        RealTools.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.heap_dump",
                "-all",
                file.toString());
        return file;
    }
}

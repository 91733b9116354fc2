package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.model.Label;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PublishIndexPipelineTest {

    private static String script(FakeRegistry registry, String more) {
        return """
                def image = publishIndex image: '%s',
                    images: ['linux/amd64': '%s', 'linux/arm64': '%s'],
                    expectedPlatforms: ['linux/amd64', 'linux/arm64'], tags: ['1.0']%s
                echo "published ${image.reference} as ${image.tags} for ${image.platforms.collect { it.platform }}"
                """.formatted(
                        registry.repository("acme/app"),
                        Pipelines.pushed(registry, "linux/amd64"),
                        Pipelines.pushed(registry, "linux/arm64"),
                        more);
    }

    @Test
    void publishesOutsideNodeOnTheController(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, script(registry, ""));

            String digest = registry.tagged("acme/app", "1.0").orElseThrow().toString();
            j.assertLogContains("Put tag 1.0 on " + digest + ".", build);
            j.assertLogContains(
                    "published " + registry.repository("acme/app") + "@" + digest
                            + " as [1.0] for [linux/amd64, linux/arm64]",
                    build);
        }
    }

    @Test
    void publishesInsideNodeOnTheAgent(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, "node('linux') {\n" + script(registry, "") + "}");

            String digest = registry.tagged("acme/app", "1.0").orElseThrow().toString();
            j.assertLogContains("Put tag 1.0 on " + digest + ".", build);
            j.assertLogContains("published " + registry.repository("acme/app") + "@" + digest, build);
        }
    }

    @Test
    void publishesFromADeclarativePipeline(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Pipelines.succeeds(j, """
                    pipeline {
                      agent none
                      stages {
                        stage('publish') {
                          steps {
                            publishIndex image: '%s', images: ['%s', 'linux/arm64=%s'], tags: ['1.0']
                          }
                        }
                      }
                    }
                    """.formatted(
                            registry.repository("acme/app"),
                            Pipelines.pushed(registry, "linux/amd64"),
                            Pipelines.pushed(registry, "linux/arm64")));

            assertThat(registry.tagged("acme/app", "1.0")).isPresent();
        }
    }

    @Test
    void addsAPlatformToWhatAnEarlierStepPublished(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, """
                    def first = publishIndex image: '%1$s', images: ['%2$s'], tags: ['1.0'], immutableTags: true
                    def second = publishIndex image: '%1$s', append: '%1$s:1.0', images: ['%3$s'], tags: ['1.0'],
                        expectedPlatforms: ['linux/amd64', 'linux/arm64']
                    echo "grew from ${first.platforms.size()} to ${second.platforms*.platform}"
                    """.formatted(
                            registry.repository("acme/app"),
                            Pipelines.pushed(registry, "linux/amd64"),
                            Pipelines.pushed(registry, "linux/arm64")));

            j.assertLogContains("grew from 1 to [linux/amd64, linux/arm64]", build);
            j.assertLogContains("Moved tag 1.0 from sha256:", build);
        }
    }

    @Test
    void refusesToMoveAnImmutableTag(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            String there =
                    registry.addImage("acme/app", "1.0", "linux/s390x").digest().toString();

            WorkflowRun build = Pipelines.isRefused(j, script(registry, ", immutableTags: true"));

            j.assertLogContains(
                    "ERROR: Tag 1.0 of " + registry.repository("acme/app") + " is not moved: it stands on " + there
                            + " already, and the index is sha256:",
                    build);
        }
    }

    @Test
    void saysWhichPlatformIsMissing(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "publishIndex image: '%s', images: ['%s'], expectedPlatforms: ['linux/amd64', 'linux/arm64']"
                            .formatted(registry.repository("acme/app"), Pipelines.pushed(registry, "linux/amd64")));

            j.assertLogContains(
                    "ERROR: The index of " + registry.repository("acme/app")
                            + " was not published: linux/arm64 is missing; there is linux/amd64. Build what is missing, or"
                            + " take it from the expected platforms.",
                    build);
        }
    }

    @Test
    void refusesATagWhereARepositoryIsMeant(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "publishIndex image: 'ghcr.io/acme/app:1.0', images: []");

        j.assertLogContains(
                "ERROR: 'ghcr.io/acme/app:1.0' names one image, where a repository is asked for. Write ghcr.io/acme/app"
                        + " here, and tags in the argument tags.",
                build);
    }

    @Test
    void logsInWithCredentialsOfTheBuildAndLeavesNoTraceOfThem(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        Pipelines.addCredentials("robot", "robot");
        try (FakeRegistry registry = FakeRegistry.builder()
                .withBearerTokens("robot", Pipelines.PASSWORD)
                .start()) {
            WorkflowRun build =
                    Pipelines.succeeds(j, "node('linux') {\n" + script(registry, ", credentialsId: 'robot'") + "}");

            StandardUsernamePasswordCredentials used =
                    CredentialsProvider.findCredentialById("robot", StandardUsernamePasswordCredentials.class, build);
            assertThat(CredentialsProvider.getFingerprintOf(used).getJobs()).contains("release");
            assertThat(filesWith(build.getRootDir().toPath(), Pipelines.PASSWORD))
                    .isEmpty();
        }
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(text);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void logsInWithWhatIsConfiguredForTheRegistry(JenkinsRule j) throws Exception {
        Pipelines.addCredentials("robot", "robot");
        try (FakeRegistry registry = FakeRegistry.builder()
                .withBasicAuth("robot", Pipelines.PASSWORD)
                .start()) {
            RegistryConfiguration configured = new RegistryConfiguration(registry.address());
            configured.setCredentialsId("robot");
            MultiArchConfiguration.get().setRegistries(List.of(configured));

            Pipelines.succeeds(j, script(registry, ""));

            assertThat(registry.tagged("acme/app", "1.0")).isPresent();
        }
    }

    @Test
    void trustsTheCertificateThatIsConfiguredForTheRegistry(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.builder().withTls().start()) {
            RegistryConfiguration configured = new RegistryConfiguration(registry.address());
            configured.setCertificate(registry.authority());
            MultiArchConfiguration.get().setRegistries(List.of(configured));

            Pipelines.succeeds(j, "node('linux') {\n" + script(registry, "") + "}");

            assertThat(registry.tagged("acme/app", "1.0")).isPresent();
        }
    }

    @Test
    void saysWhereCredentialsWereLookedFor(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(
                j,
                "publishIndex image: 'registry.invalid/acme/app', images: ['registry.invalid/acme/app@sha256:%s'],"
                                .formatted("0".repeat(64))
                        + " credentialsId: 'gone'");

        j.assertLogContains(
                "ERROR: Credentials 'gone' for registry.invalid were not found: release may use none with this id."
                        + " Create a 'Username with password' with this id where the job can see it, or give the id of"
                        + " one.",
                build);
    }

    @Test
    void saysWhichKindOfCredentialsItFound(JenkinsRule j) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString("x")));
        provider.save();

        WorkflowRun build = Pipelines.isRefused(
                j,
                "publishIndex image: 'registry.invalid/acme/app', images: ['registry.invalid/acme/app@sha256:%s'],"
                                .formatted("0".repeat(64))
                        + " credentialsId: 'token'");

        j.assertLogContains(
                "ERROR: Credentials 'token' for registry.invalid are of the kind 'Secret text', and a registry asks for a"
                        + " 'Username with password'. Give the id of one, with a token in place of the password where the"
                        + " registry has tokens.",
                build);
    }

    @Test
    void saysThatTheDomainOfTheCredentialsIsForOtherHosts(JenkinsRule j) throws Exception {
        UsernamePasswordCredentialsImpl robot =
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "robot", "", "robot", Pipelines.PASSWORD);
        Domain github = new Domain("github", "", List.of(new HostnameSpecification("ghcr.io", "")));
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(Map.of(github, List.of(robot)));

        WorkflowRun build = Pipelines.isRefused(
                j,
                "publishIndex image: 'registry.invalid/acme/app', images: ['registry.invalid/acme/app@sha256:%s'],"
                                .formatted("0".repeat(64))
                        + " credentialsId: 'robot'");

        j.assertLogContains(
                "ERROR: Credentials 'robot' for registry.invalid belong to a domain of credentials that does not include"
                        + " it. Add registry.invalid to the domain, or give the id of other credentials.",
                build);
    }

    @Test
    void endsWhenTheBuildIsAborted(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.on("PUT", "/v2/acme/app/manifests/1.0").always().fail(Fault.hang());
            WorkflowRun build = Pipelines.begins(j, "node('linux') {\n" + script(registry, "") + "}");
            registry.awaitHanging();

            build.doStop();

            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        }
    }

    @Test
    void goesThroughTheProxyOfJenkins(JenkinsRule j) throws Exception {
        try (FakeRegistry proxy = FakeRegistry.start()) {
            String[] address = proxy.address().split(":");
            j.jenkins.setProxy(new ProxyConfiguration(address[0], Integer.parseInt(address[1])));
            RegistryConfiguration configured = new RegistryConfiguration("registry.invalid");
            configured.setPlainHttp(true);
            MultiArchConfiguration.get().setRegistries(List.of(configured));

            WorkflowRun build = Pipelines.isRefused(
                    j,
                    "publishIndex image: 'registry.invalid/acme/app', images: ['registry.invalid/acme/app@sha256:%s']"
                            .formatted("0".repeat(64)));

            j.assertLogContains("registry.invalid", build);
            assertThat(proxy.requests()).isNotEmpty();
        }
    }
}

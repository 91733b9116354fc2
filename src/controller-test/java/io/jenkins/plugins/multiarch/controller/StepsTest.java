package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps in sandboxed Pipelines of a real controller with two agents, with what may happen to each. */
class StepsTest {
    @TempDir
    private static Path home;

    private static Controller controller;
    private static Process amd64;

    private FakeRegistry fake;

    @BeforeAll
    static void startTheController() throws Exception {
        controller = new Controller(home);
        controller.start();
        amd64 = controller.addAgent("amd64");
        controller.addAgent("arm64");
    }

    @AfterAll
    static void stopTheController() throws Exception {
        try {
            assertThat(controller.complaintsAboutUs()).isEmpty();
        } finally {
            controller.close();
        }
    }

    @BeforeEach
    void startARegistry() {
        fake = FakeRegistry.start();
    }

    @AfterEach
    void stopTheRegistry() {
        fake.close();
    }

    /** A new repository of a real registry with one image for each of two platforms, by their digests. */
    private record Pushed(Repository repository, Digest amd64, Digest arm64) {}

    private Pushed push(String address, Registry registry) throws Exception {
        Repository target = new Repository(address, "steps/" + UUID.randomUUID());
        ImageManifest first = fake.addImageManifest("acme/app", "for amd64", "linux/amd64");
        ImageManifest second = fake.addImageManifest("acme/app", "for arm64", "linux/arm64");
        ImageCopy copy = new ImageCopy(registry, line -> {});
        for (Manifest image : List.of(first, second)) {
            copy.copy(fake.repository("acme/app"), image.digest(), target, List.of(), CopyScope.IMAGE);
        }
        return new Pushed(target, first.digest(), second.digest());
    }

    private static Optional<Digest> tagged(Registry registry, Repository repository, String tag) throws Exception {
        return registry.find(repository, new Tag(tag)).map(Manifest::digest);
    }

    @Test
    void aScriptedPipelineReleasesToARegistryWithoutLogin() throws Exception {
        Registry registry = HttpRegistry.builder().build();
        Pushed pushed = push(RealTools.registry("registry"), registry);

        JenkinsClient.Build build =
                controller.client().run("scripted", """
                        def image
                        node('amd64') {
                          image = publishIndex image: '%1$s',
                              images: ['linux/amd64': '%1$s@%2$s', 'linux/arm64': '%1$s@%3$s'],
                              expectedPlatforms: ['linux/amd64', 'linux/arm64']
                          digestGate image: image.reference, mode: 'rootfs', record: 'gate.json'
                          stash name: 'gate', includes: 'gate.json'
                        }
                        node('arm64') {
                          unstash 'gate'
                          digestGate image: image.reference, verify: 'gate.json'
                        }
                        def moved = promoteTag image: "${image}", tags: ['1.0', 'stable']
                        echo "moved ${moved.tags*.tag} to ${moved}"
                        """.formatted(pushed.repository(), pushed.amd64(), pushed.arm64()));

        assertThat(build.log()).contains("moved [1.0, stable] to " + pushed.repository() + "@sha256:");
        assertThat(build.result()).isEqualTo("SUCCESS");
        assertThat(tagged(registry, pushed.repository(), "stable"))
                .isPresent()
                .isEqualTo(tagged(registry, pushed.repository(), "1.0"));
    }

    @Test
    void aDeclarativePipelineReleasesToARegistryWithLogin() throws Exception {
        String address = RealTools.registry("registry-basic");
        Registry registry = HttpRegistry.builder()
                .credentials(repository -> repository.registry().equals(address)
                        ? Optional.of(Credentials.password(RealTools.user(), RealTools.password()))
                        : Optional.empty())
                .build();
        Pushed pushed = push(address, registry);
        addCredentials("registry", RealTools.user(), RealTools.password());

        JenkinsClient.Build build = controller.client().run("declarative", """
                        pipeline {
                          agent { label 'amd64' }
                          stages {
                            stage('publish') {
                              steps {
                                publishIndex image: '%1$s', images: ['linux/amd64=%1$s@%2$s', 'linux/arm64=%1$s@%3$s'],
                                    tags: ['candidate'], credentialsId: 'registry'
                              }
                            }
                            stage('gate') {
                              steps {
                                digestGate image: '%1$s:candidate', record: 'gate.json', credentialsId: 'registry'
                                digestGate image: '%1$s:candidate', verify: 'gate.json', credentialsId: 'registry'
                              }
                            }
                            stage('promote') {
                              agent none
                              steps {
                                promoteTag image: '%1$s:candidate', tags: ['1.0'], credentialsId: 'registry'
                              }
                            }
                          }
                        }
                        """.formatted(
                        pushed.repository(), pushed.amd64(), pushed.arm64()));

        assertThat(build.log()).doesNotContain(RealTools.password());
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(tagged(registry, pushed.repository(), "1.0"))
                .isPresent()
                .isEqualTo(tagged(registry, pushed.repository(), "candidate"));
    }

    private static void addCredentials(String id, String user, String password) throws Exception {
        controller.client().groovy("""
                        import com.cloudbees.plugins.credentials.*
                        import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl
                        def provider = SystemCredentialsProvider.instance
                        provider.credentials.add(
                            new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, '%s', '', '%s', '%s'))
                        provider.save()
                        """.formatted(id, user, password));
    }

    @Test
    void aRefusalIsAMessageWithoutAStackTrace() throws Exception {
        JenkinsClient.Build build = controller
                .client()
                .run(
                        "refused",
                        "node('amd64') { promoteTag image: '%s:gone', tags: ['1.0'] }"
                                .formatted(fake.repository("acme/app")));

        assertThat(build.result()).isEqualTo("FAILURE");
        assertThat(build.log())
                .contains("ERROR: " + fake.repository("acme/app")
                        + ":gone does not exist in the registry, or you may not see it. Check its name and tag, and the"
                        + " credentials used for " + fake.address() + ".")
                .doesNotContain("\tat ");
    }

    @Test
    void anAbortEndsTheWorkOnTheAgent() throws Exception {
        fake.addImage("acme/app", "1.0", "linux/amd64");
        fake.on("PUT", "/v2/mirror/app/manifests/sha256:*").always().fail(Fault.hang());
        controller
                .client()
                .begin(
                        "aborted",
                        "node('arm64') { promoteTag image: '%s:1.0', tags: ['stable'], to: ['%s'] }"
                                .formatted(fake.repository("acme/app"), fake.repository("mirror/app")));
        fake.awaitHanging();

        controller.client().abort("aborted");

        JenkinsClient.Build build = controller.client().end("aborted");
        assertThat(build.result()).isEqualTo("ABORTED");
        assertThat(build.log()).doesNotContain("\tat ");
    }

    @Test
    void aStepRunsAgainWhenItsAgentIsBack() throws Exception {
        Manifest image = fake.addImage("acme/app", "1.0", "linux/amd64");
        fake.on("PUT", "/v2/mirror/app/manifests/sha256:*").fail(Fault.hang());
        controller
                .client()
                .begin(
                        "reconnected",
                        "node('amd64') { promoteTag image: '%s:1.0', tags: ['stable'], to: ['%s'] }"
                                .formatted(fake.repository("acme/app"), fake.repository("mirror/app")));
        fake.awaitHanging();

        amd64.destroyForcibly().waitFor();
        amd64 = controller.connect("amd64");

        JenkinsClient.Build build = controller.client().end("reconnected");
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(fake.tagged("mirror/app", "stable")).contains(image.digest());
    }

    @Test
    void aRestartInTheMiddleOfEachStepIsSurvived() throws Exception {
        theStepsSurvive("stopped", () -> controller.stop());
    }

    @Test
    void aCrashInTheMiddleOfEachStepIsSurvived() throws Exception {
        theStepsSurvive("killed", () -> controller.kill());
    }

    @FunctionalInterface
    private interface End {
        void happens() throws Exception;
    }

    /** Two steps on the agents and one on the controller, each with a request under way. */
    private void theStepsSurvive(String name, End end) throws Exception {
        try (FakeRegistry gated = FakeRegistry.start();
                FakeRegistry promoted = FakeRegistry.start()) {
            ImageManifest image = fake.addImageManifest("acme/app", "for amd64", "linux/amd64");
            gated.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            Manifest stable = promoted.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");
            fake.on("PUT", "/v2/acme/app/manifests/1.0").fail(Fault.hang());
            gated.on("GET", "/v2/acme/app/blobs/*").fail(Fault.hang());
            promoted.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.hang());
            JenkinsClient client = controller.client();

            client.begin(
                    name + "-publish",
                    "node('amd64') { publishIndex image: '%1$s', images: ['%1$s@%2$s'], tags: ['1.0'] }"
                            .formatted(fake.repository("acme/app"), image.digest()));
            client.begin(
                    name + "-gate",
                    "node('arm64') { digestGate image: '%s:1.0', mode: 'rootfs', record: 'gate.json' }"
                            .formatted(gated.repository("acme/app")));
            client.begin(
                    name + "-promote",
                    "promoteTag image: '%s:1.0', tags: ['stable']".formatted(promoted.repository("acme/app")));
            fake.awaitHanging();
            gated.awaitHanging();
            promoted.awaitHanging();
            end.happens();
            controller.start();

            for (String job : List.of("-publish", "-gate", "-promote")) {
                JenkinsClient.Build build = controller.client().end(name + job);
                assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
                assertThat(build.log()).doesNotContain("\tat ");
            }
            assertThat(fake.tags("acme/app")).containsExactly("1.0");
            assertThat(promoted.tagged("acme/app", "stable")).contains(stable.digest());
        }
    }

    @Test
    void formsAnswerToPostAlone() throws Exception {
        String check = "/descriptorByName/io.jenkins.plugins.multiarch.steps.PublishIndexStep/checkImage?value=a:b";

        assertThat(controller.client().status(check)).contains(404);
        assertThat(controller.client().post(check, "text/plain", "").body())
                .contains("names one image, where a repository is asked for");
    }
}

package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** buildMultiArch aborted, or with a platform that fails: nothing half done is published, and nothing goes on. */
class BuildMultiArchAbortTest {
    private static final String ARGUMENTS =
            "agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': 'arch-arm64'], tags: ['1.0']";

    @TempDir
    private static Path home;

    @TempDir
    private static Path files;

    private static Controller controller;
    private static PreparedImages images;

    private FakeRegistry registry;

    @BeforeAll
    static void startTheController() throws Exception {
        images = new PreparedImages(files);
        controller = new Controller(home);
        controller.start();
        controller.addAgent("arch-amd64");
        controller.addAgent("arch-arm64");
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
        registry = FakeRegistry.start();
    }

    @AfterEach
    void stopTheRegistry() {
        registry.close();
    }

    private static void awaitBoth(String job, String amd64, String arm64) throws Exception {
        controller.client().awaitLog(job, "began " + amd64);
        controller.client().awaitLog(job, "began " + arm64);
    }

    /** Aborts a build, and waits until neither an executor nor a process is taken by it. */
    private static void aborted(String job) throws Exception {
        controller.client().abort(job);

        Build build = controller.client().end(job);
        assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
        assertThat(build.log()).doesNotContain("\tat ");
        controller.awaitIdle("arch-amd64");
        controller.awaitIdle("arch-arm64");
        Eventually.get(
                job + " to have no process: " + WaitingRuns.processes(job),
                () -> WaitingRuns.processes(job).isEmpty() ? Optional.of(true) : Optional.empty());
    }

    @Test
    void anAbortEndsEveryPlatform() throws Exception {
        controller
                .client()
                .begin("aborted", images.pipeline("aborted", registry.repository("acme/app") + "", ARGUMENTS));
        awaitBoth("aborted", "linux/amd64", "linux/arm64");

        aborted("aborted");

        assertThat(registry.requests("PUT", "*")).isEmpty();
        assertThat(registry.tags("acme/app")).isEmpty();
    }

    @Test
    void anAbortEndsBuildah() throws Exception {
        aRealBuildIsAborted("buildah");
    }

    @Test
    void anAbortEndsBuildx() throws Exception {
        aRealBuildIsAborted("buildx");
    }

    private static void aRealBuildIsAborted(String builder) throws Exception {
        RealTools.require(builder);
        String job = "aborted-" + builder;
        try (WaitingRuns runs = new WaitingRuns(Files.createDirectory(files.resolve(job)))) {
            controller.client().begin(job, runs.pipeline(job, "builder: '" + builder + "', " + ARGUMENTS));
            awaitBoth(job, "x86_64", "aarch64");

            aborted(job);

            assertThat(HttpRegistry.builder().build().find(Repository.parse(runs.image(job)), new Tag("1.0")))
                    .isEmpty();
        }
    }

    @Test
    void theOthersFinishWhenOnePlatformFails() throws Exception {
        controller
                .client()
                .begin(
                        "failed",
                        images.pipelineThat(
                                "failed",
                                registry.repository("acme/app").toString(),
                                failingOnArm64("failed"),
                                ARGUMENTS));
        controller.client().awaitLog("failed", "Failed in branch linux/arm64");
        images.letGo("failed");

        Build build = controller.client().end("failed");
        assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
        assertThat(build.log()).doesNotContain("\tat ");
        assertThat(registry.manifests("acme/app")).containsExactly(images.digest("amd64"));
        assertThat(registry.tags("acme/app")).isEmpty();
    }

    private static String failingOnArm64(String job) {
        return "[ ${p.arch} = amd64 ] || exit 7; until [ -e '" + files + "/go-" + job + "' ]; do sleep 0.2; done";
    }

    @Test
    void theOthersAreStoppedWhereTheyShallFailFast() throws Exception {
        controller
                .client()
                .begin(
                        "failed-fast",
                        images.pipelineThat(
                                "failed-fast",
                                registry.repository("acme/app").toString(),
                                "until [ -e '" + files
                                        + "/began-amd64' ]; do sleep 0.2; [ ${p.arch} = arm64 ] || touch '" + files
                                        + "/began-amd64'; done; " + failingOnArm64("failed-fast"),
                                "failFast: true, " + ARGUMENTS));

        Build build = controller.client().end("failed-fast");
        assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
        assertThat(build.log()).doesNotContain("\tat ");
        assertThat(registry.requests("PUT", "*")).isEmpty();
        controller.awaitIdle("arch-amd64");
    }

    @Test
    void aRunThatFailsIsSaidWithItsCure() throws Exception {
        RealTools.require("buildah");
        try (WaitingRuns runs = new WaitingRuns(Files.createDirectory(files.resolve("run")))) {
            Build build = controller
                    .client()
                    .run(
                            "run",
                            runs.pipeline("run", "builder: 'buildah', " + ARGUMENTS)
                                    .replaceFirst("wget .* \\|\\| true", "[ \\$(uname -m) = aarch64 ] || exit 9"));

            assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
            assertThat(build.log())
                    .contains("Pushed linux/arm64 as " + runs.image("run"))
                    .containsPattern(
                            "linux/amd64 was not built: buildah [0-9.]+ ended with [0-9]+\\. Its own words above"
                                    + " say why\\.")
                    .doesNotContain("\tat ");
            assertThat(HttpRegistry.builder().build().find(Repository.parse(runs.image("run")), new Tag("1.0")))
                    .isEmpty();
        }
    }
}

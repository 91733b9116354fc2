package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What buildMultiArch makes of an agent that is lost in the middle of it: no platform but its own is built again. */
class BuildMultiArchLossTest {
    @TempDir
    private static Path home;

    @TempDir
    private static Path files;

    private static Controller controller;
    private static PreparedImages images;

    private FakeRegistry registry;

    /** Jenkins gives an agent that is lost five minutes to come back, and a process that it cannot see as many. */
    @BeforeAll
    static void startTheController() throws Exception {
        images = new PreparedImages(files);
        controller = new Controller(
                home,
                "-Dorg.jenkinsci.plugins.workflow.support.pickles.ExecutorPickle.timeoutForNodeMillis=25000",
                "-Dorg.jenkinsci.plugins.durabletask.BourneShellScript.HEARTBEAT_CHECK_INTERVAL=15");
        controller.start();
        controller.addNode("arch-amd64", "", 2);
        controller.connect("arch-amd64");
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

    private static String agents(String arm64) {
        return "agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': '" + arm64 + "'], tags: ['1.0']";
    }

    private void begin(String job, String arm64) throws Exception {
        controller
                .client()
                .begin(job, images.pipeline(job, registry.repository(job).toString(), agents(arm64)));
    }

    private static void awaitBoth(String job, String amd64, String arm64) throws Exception {
        controller.client().awaitLog(job, "began " + amd64);
        controller.client().awaitLog(job, "began " + arm64);
    }

    private static Build succeeds(String job) throws Exception {
        Build build = controller.client().end(job);
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log()).doesNotContain("\tat ");
        return build;
    }

    @Test
    void anAgentThatComesBackGoesOnWithItsBuild() throws Exception {
        Process agent = controller.addAgent("back");
        begin("back", "back");
        awaitBoth("back", "linux/amd64", "linux/arm64");

        agent.destroyForcibly().waitFor();
        controller.connect("back");
        images.letGo("back");

        succeeds("back");
        assertThat(images.builds("back", "amd64")).isEqualTo(1);
        assertThat(images.builds("back", "arm64")).isEqualTo(1);
        assertThat(registry.tags("back")).containsExactly("1.0");
    }

    @Test
    void anAgentThatComesBackPushesAgain() throws Exception {
        Process agent = controller.addAgent("pushing");
        registry.on("PUT", "/v2/pushing/manifests/" + images.digest("arm64")).fail(Fault.hang());
        begin("pushing", "pushing");
        images.letGo("pushing");
        registry.awaitHanging();

        agent.destroyForcibly().waitFor();
        controller.connect("pushing");

        Build build = succeeds("pushing");
        assertThat(build.log()).contains("The connection to the agent broke; the step runs again when it is back.");
        assertThat(images.builds("pushing", "arm64")).isEqualTo(1);
        assertThat(registry.tags("pushing")).containsExactly("1.0");
    }

    @Test
    void anotherAgentOfTheLabelTakesOver() throws Exception {
        controller.addNode("first", "replaceable", 1);
        Process agent = controller.connect("first");
        begin("replaced", "replaceable");
        awaitBoth("replaced", "linux/amd64", "linux/arm64");
        images.letGo("replaced", "amd64");
        controller.client().awaitPlatform("replaced", "linux/amd64", "BUILT");

        agent.destroyForcibly().waitFor();
        controller.removeNode("first");
        controller.addNode("second", "replaceable", 1);
        controller.connect("second");
        Eventually.get(
                "the platform to be built again",
                () -> images.builds("replaced", "arm64") == 2 ? Optional.of(true) : Optional.empty());
        images.letGo("replaced", "arm64");

        succeeds("replaced");
        assertThat(images.builds("replaced", "amd64")).isEqualTo(1);
        assertThat(images.builds("replaced", "arm64")).isEqualTo(2);
        assertThat(registry.tags("replaced")).containsExactly("1.0");
    }

    @Test
    void aRealBuildGoesOnWhenItsAgentIsBack() throws Exception {
        RealTools.require("buildah");
        try (WaitingRuns runs = new WaitingRuns(Files.createDirectory(files.resolve("real")))) {
            Process agent = controller.addAgent("real");
            controller.client().begin("real", runs.pipeline("real", "builder: 'buildah', " + agents("real")));
            awaitBoth("real", "x86_64", "aarch64");

            agent.destroyForcibly().waitFor();
            controller.connect("real");
            runs.letGo();

            succeeds("real");
            assertThat(List.of(runs.ended("real", "x86_64"), runs.ended("real", "aarch64")))
                    .containsExactly(1, 1);
        }
    }

    @Test
    void aMachineThatForgotItsBuildBuildsAgain() throws Exception {
        RealTools.require("buildah");
        try (WaitingRuns runs = new WaitingRuns(Files.createDirectory(files.resolve("forgotten")))) {
            Process agent = controller.addAgent("forgotten");
            controller
                    .client()
                    .begin("forgotten", runs.pipeline("forgotten", "builder: 'buildah', " + agents("forgotten")));
            awaitBoth("forgotten", "x86_64", "aarch64");

            agent.destroyForcibly().waitFor();
            ProcessHandle.allProcesses()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("agent-forgotten/workspace/forgotten"))
                            .isPresent())
                    .forEach(ProcessHandle::destroyForcibly);
            controller.connect("forgotten");
            controller.client().awaitLog("forgotten", Pattern.compile("began aarch64.*began aarch64", Pattern.DOTALL));
            runs.letGo();

            succeeds("forgotten");
        }
    }
}

package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What buildMultiArch makes of a controller that ends in the middle of it: no platform that was built is built again. */
class BuildMultiArchRestartTest {
    private static final String AGENTS = "agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': '%s'], tags: ['1.0']";

    @TempDir
    private static Path home;

    @TempDir
    private static Path files;

    private static Controller controller;
    private static PreparedImages images;

    private FakeRegistry registry;
    private WaitingRuns runs;

    @BeforeAll
    static void startTheController() throws Exception {
        images = new PreparedImages(files);
        controller = new Controller(home);
        controller.start();
        for (String name : List.of("arch-amd64", "arch-arm64")) {
            controller.addNode(name, "", 4);
            controller.connect(name);
        }
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
        runs.close();
    }

    @FunctionalInterface
    private interface End {
        void happens() throws Exception;
    }

    @Test
    void aRestartCostsNothing() throws Exception {
        survives("stopped", () -> controller.stop());
    }

    @Test
    void aCrashCostsNothing() throws Exception {
        survives("killed", () -> controller.kill());
    }

    /** Builds that are building, waiting for an agent, waiting for an executor, pushing a platform, and publishing. */
    private void survives(String name, End end) throws Exception {
        String building = name + "-building";
        String waiting = name + "-waiting";
        String queued = name + "-queued";
        String pushing = name + "-pushing";
        String publishing = name + "-publishing";
        controller.addNode(name + "-late", "", 1);
        controller.addNode(name + "-busy", "", 1);
        controller.connect(name + "-busy");
        controller.client().begin(name + "-holder", """
                node('%1$s-busy') { sh "echo held; until [ -e '%2$s/go-%1$s' ]; do sleep 0.2; done" }
                """.formatted(name, files));
        controller.client().awaitLog(name + "-holder", "\nheld");
        registry.on("PUT", "/v2/" + publishing + "/manifests/*").occurrence(3).fail(Fault.hang());
        registry.on("PUT", "/v2/" + pushing + "/manifests/" + images.digest("amd64"))
                .fail(Fault.hang());
        begin(building, "arch-arm64");
        begin(pushing, "arch-arm64");
        begin(waiting, name + "-late");
        begin(queued, name + "-busy");
        begin(publishing, "arch-arm64");
        images.letGo(waiting);
        images.letGo(queued);
        images.letGo(pushing);
        images.letGo(publishing);
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            controller.client().awaitLog(building, "\nbegan " + platform);
        }
        controller.client().awaitLog(waiting, "linux/arm64 waits for an agent with the label " + name + "-late");
        controller.client().awaitPlatform(waiting, "linux/amd64", "BUILT");
        controller.client().awaitPlatform(queued, "linux/amd64", "BUILT");
        registry.awaitHanging();
        runs = new WaitingRuns(Files.createDirectory(files.resolve(name)));
        String real = name + "-real";
        controller.client().begin(real, runs.pipeline(real, "builder: 'buildah', " + AGENTS.formatted("arch-arm64")));
        controller.client().awaitLog(real, "began x86_64");
        controller.client().awaitLog(real, "began aarch64");

        end.happens();
        controller.start();

        images.letGo(building);
        images.letGo(name);
        runs.letGo();
        controller.connect(name + "-late");
        for (String job : List.of(building, waiting, queued, pushing, publishing)) {
            released(job);
        }
        Build build = controller.client().end(real);
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(List.of(runs.ended(real, "x86_64"), runs.ended(real, "aarch64")))
                .containsExactly(1, 1);
        assertThat(registry.requests("PUT", "/v2/*/manifests/" + images.digest("amd64")))
                .filteredOn(request -> request.status() == 201)
                .hasSize(5);
    }

    private void begin(String job, String arm64) throws Exception {
        controller
                .client()
                .begin(job, images.pipeline(job, registry.repository(job).toString(), AGENTS.formatted(arm64)));
    }

    private void released(String job) throws Exception {
        Build build = controller.client().end(job);
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log())
                .contains("for [linux/amd64 " + images.digest("amd64") + ", linux/arm64 " + images.digest("arm64"))
                .doesNotContain("\tat ");
        assertThat(images.builds(job, "amd64")).as(job + " for amd64").isEqualTo(1);
        assertThat(images.builds(job, "arm64")).as(job + " for arm64").isEqualTo(1);
        assertThat(registry.tags(job)).containsExactly("1.0");
    }
}

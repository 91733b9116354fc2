package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.controller.JenkinsClient.Build;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that buildMultiArch has to wait for, or to do without, and how it shares out those that are there. */
class BuildMultiArchAgentsTest {
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
        for (String name : new String[] {"arch-amd64", "arch-arm64"}) {
            controller.addNode(name, "", 2);
            controller.connect(name);
        }
        controller.addNode("arch-offline", "", 1);
        controller.addAgent("arch-single");
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

    private void begin(String job, String arm64, String arguments) throws Exception {
        images.letGo(job);
        controller
                .client()
                .begin(
                        job,
                        images.pipeline(
                                job,
                                registry.repository(job).toString(),
                                "agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': '" + arm64
                                        + "', 'default': 'arch-amd64'], tags: ['1.0'], " + arguments));
    }

    private Build build(String job, String arm64, String arguments) throws Exception {
        begin(job, arm64, arguments);
        Build build = controller.client().end(job);
        assertThat(build.log()).doesNotContain("\tat ");
        return build;
    }

    private static void published(Build build) {
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    }

    private void refused(Build build, String job, String message) {
        assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
        assertThat(build.log()).contains("ERROR: " + message);
        assertThat(registry.tags(job)).isEmpty();
    }

    @Test
    void waitingForAnAgentEnds() throws Exception {
        Build build = build("limited", "arch-offline", "onUnavailable: 'wait', waitMinutes: 1");

        refused(
                build,
                "limited",
                "No agent with the label arch-offline was online for 1 minutes to build linux/arm64. Bring one back, or"
                        + " say with onUnavailable what to do without.");
        assertThat(registry.manifests("limited")).containsExactly(images.digest("amd64"));
    }

    @Test
    void anAgentThatIsMadeMeanwhileIsTaken() throws Exception {
        begin("made", "arch-made", "onUnavailable: 'wait'");
        controller.client().awaitLog("made", "linux/arm64 waits for an agent with the label arch-made");

        controller.addAgent("arch-made");

        published(controller.client().end("made"));
    }

    @Test
    void anAgentThatGetsTheLabelMeanwhileIsTaken() throws Exception {
        begin("labelled", "arch-given", "onUnavailable: 'wait'");
        controller.client().awaitLog("labelled", "linux/arm64 waits for an agent with the label arch-given");

        controller.client().groovy("""
                def node = jenkins.model.Jenkins.get().getNode('arch-single')
                node.labelString = 'arch-given'
                jenkins.model.Jenkins.get().updateNode(node)
                """);

        published(controller.client().end("labelled"));
    }

    @Test
    void anAbortEndsTheWaiting() throws Exception {
        begin("given-up", "arch-offline", "onUnavailable: 'wait'");
        controller.client().awaitLog("given-up", "linux/arm64 waits for an agent with the label arch-offline");

        controller.client().abort("given-up");

        Build build = controller.client().end("given-up");
        assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
        assertThat(registry.tags("given-up")).isEmpty();
    }

    @Test
    void anotherAgentEmulatesWhatIsUnavailable() throws Exception {
        Build build = build("emulated", "arch-offline", "onUnavailable: 'emulate'");

        published(build);
        assertThat(build.log())
                .contains("No agent with the label arch-offline is online; linux/arm64 is built under emulation by one"
                        + " with the label arch-amd64.")
                .contains("linux/arm64 " + images.digest("arm64") + " emulated]");
    }

    @Test
    void anOptionalPlatformIsLeftOut() throws Exception {
        Build build = build("skipped", "arch-offline", "onUnavailable: 'skip', optionalPlatforms: ['linux/arm64']");

        published(build);
        assertThat(build.log())
                .contains("No agent with the label arch-offline is online; linux/arm64 is left out.")
                .contains("for [linux/amd64 " + images.digest("amd64") + "]");
    }

    @Test
    void anotherPlatformIsNotLeftOut() throws Exception {
        refused(
                build("needed", "arch-offline", "onUnavailable: 'skip'"),
                "needed",
                "No agent with the label arch-offline was online to build linux/arm64. Bring one back, or say with"
                        + " onUnavailable what to do without.");
    }

    @Test
    void anUnavailableAgentFailsTheBuildWhereItShall() throws Exception {
        refused(
                build("unavailable", "arch-offline", "onUnavailable: 'fail'"),
                "unavailable",
                "No agent with the label arch-offline was online to build linux/arm64. Bring one back, or say with"
                        + " onUnavailable what to do without.");
    }

    @Test
    void anUnknownLabelIsRefusedBeforeAnAgentIsTaken() throws Exception {
        Build build = build("unknown", "arch-arm46", "retries: 0");

        refused(
                build,
                "unknown",
                "No agent has the label arch-arm46, which builds linux/arm64. Correct agents, give an agent this label,"
                        + " or say what to do with onUnavailable.");
        assertThat(images.builds("unknown", "amd64")).isZero();
    }

    @Test
    void aBuildThatHoldsTheOnlyExecutorOfALabelIsRefused() throws Exception {
        Build build = controller.client().run("deadlock", """
                node('arch-single') {
                  buildMultiArch image: '%s', source: 'stash:source', platforms: ['linux/arm64'],
                      agents: ['linux/arm64': 'arch-single']
                }
                """.formatted(registry.repository("deadlock")));

        refused(
                build,
                "deadlock",
                "linux/arm64 would wait for ever: arch-single is the only agent with the label arch-single, and its one"
                        + " executor is held by the node that buildMultiArch was called in. Call buildMultiArch outside"
                        + " node, or leave source out to build in this workspace.");
    }

    @Test
    void manyVariantsKeepAllExecutorsBusy() throws Exception {
        keepsAllExecutorsBusy("variants", 0);
    }

    @Test
    void lanesKeepAllExecutorsBusy() throws Exception {
        keepsAllExecutorsBusy("lanes", 4);
    }

    private void keepsAllExecutorsBusy(String job, int atOnce) throws Exception {
        Build build = controller.client().run(job, """
                node('built-in') {
                  writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /'
                  stash 'source'
                }
                def versions = (1..14).collect { [python: '3.' + it] }
                def images = buildMultiArch image: '%s', source: 'stash:source', builder: 'daemonless',
                    agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': 'arch-arm64'],
                    variants: versions, labels: [python: '{python}'], tags: ['{python}'], atOnce: %d
                echo "built ${images.size()} of ${images.values().collect { it.platforms.size() }.sum()} platforms"
                """.formatted(registry.repository(job), atOnce));

        published(build);
        assertThat(build.log()).contains("built 14 of 28 platforms").doesNotContain("\tat ");
        assertThat(registry.tags(job)).hasSize(14);
        Usage usage = Usage.of(controller.client(), job);
        for (String agent : new String[] {"arch-amd64", "arch-arm64"}) {
            System.out.printf(
                    "%s on %s: busy %d ms, free while one waited %d ms%n",
                    job, agent, usage.busy(agent), usage.wasted(agent, 2));
            assertThat(usage.wasted(agent, 2)).isLessThan(usage.busy(agent) / 2);
        }
    }
}

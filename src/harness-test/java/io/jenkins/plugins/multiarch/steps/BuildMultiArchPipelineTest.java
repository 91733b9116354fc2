package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Branches, agents, sources and results of the step; what builds is the Pipeline's own closure, which copies a file. */
@WithJenkins
class BuildMultiArchPipelineTest {
    @TempDir
    private Path files;

    private JenkinsRule j;
    private FakeRegistry registry;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        registry = FakeRegistry.start();
        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            archive(platform);
        }
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** An image of a build on this platform, as builders leave it. */
    private void archive(String platform) throws Exception {
        Path context = Files.createDirectories(files.resolve(platform));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        BuildRequest request = BuildRequest.of(context, List.of(Platform.parse(platform)));
        Path file = files.resolve(Platform.parse(platform).arch() + ".tar");
        try (BuiltImages images = new DaemonlessBuilder(HttpRegistry.builder().build(), line -> {}).build(request);
                OciLayoutWriter archive = OciLayoutWriter.archive(file)) {
            images.write(archive, images.root("", List.of(), Map.of()), "");
            archive.finish();
        }
    }

    private DumbSlave agent(String label) throws Exception {
        return j.createOnlineSlave(Label.get(label));
    }

    @Test
    void buildsEveryPlatformOnItsAgent() throws Exception {
        agent("arch-amd64");
        agent("arch-arm64");

        WorkflowRun build = Pipelines.succeeds(j, """
                def image
                node('built-in') {
                  writeFile file: 'Dockerfile', text: 'FROM scratch'
                  stash 'source'
                }
                image = buildMultiArch image: '%s', source: 'stash:source',
                    agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': 'arch-arm64'],
                    build: { platform -> sh "cp '%s/${platform.arch}.tar' '${platform.archive}'" },
                    tags: ['1.0']
                echo "published ${image.digest} for ${image.platforms*.platform}"
                echo "logs ${image.platforms*.log.unique()}"
                """.formatted(registry.repository("acme/app"), files));

        assertThat(JenkinsRule.getLog(build)).contains("for [linux/amd64, linux/arm64]");
        assertThat(JenkinsRule.getLog(build)).contains("logs [" + build.getUrl() + "console]");
        assertThat(registry.tags("acme/app")).containsExactly("1.0");
    }

    @Test
    void letsNoStepWriteTheCacheThatOneBeforeItWrote() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, """
                node('built-in') {
                  def app = [image: '%1$s', platforms: ['linux/arm64'], cache: [reference: '%1$s-cache'],
                      build: { platform -> sh "cp '%2$s/arm64.tar' '${platform.archive}'" }]
                  buildMultiArch app
                  echo 'built once'
                  buildMultiArch app
                }
                """.formatted(registry.repository("acme/app"), files));

        j.assertLogContains("built once", build);
        j.assertLogContains("is written by another buildMultiArch of this build already", build);
    }

    @Test
    void showsTheWordsOfOurOwnBuilder() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                node('built-in') {
                  writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /\\n'
                  sh 'echo compiled'
                  buildMultiArch image: '%s', platforms: ['linux/arm64'], builder: 'daemonless'
                }
                """.formatted(registry.repository("acme/app")));

        String log = ReleaseAction.of(build).getPlatforms().get(0).getLog();
        assertThat(log).startsWith(build.getUrl() + "execution/node/").endsWith("/log/");
        FlowNode said = build.getExecution().getNode(log.split("/")[log.split("/").length - 2]);
        assertThat(said.getDisplayFunctionName()).isEqualTo("multiArchCollect");
    }

    /** Without a retry: being taken out of the queue is no loss. */
    @Test
    void takesPlatformsOutOfTheQueueOfAgentsThatWentOffline() throws Exception {
        Computer agent = Objects.requireNonNull(agent("single").toComputer());
        WorkflowRun build = Pipelines.begins(j, """
                node('built-in') {
                  writeFile file: 'Dockerfile', text: 'FROM scratch'
                  stash 'source'
                }
                buildMultiArch image: '%s', source: 'stash:source', agents: [default: 'single'], retries: 0,
                    build: { platform -> sh ""\"
                      while [ ! -e '%2$s/go' ]; do sleep 0.1; done
                      cp '%2$s/${platform.arch}.tar' '${platform.archive}'
                    ""\" }
                """.formatted(registry.repository("acme/app"), files));
        j.waitForMessage("Still waiting to schedule task", build);

        agent.setTemporaryOfflineCause(new OfflineCause.ByCLI(""));
        QueuedPlatforms queued = ExtensionList.lookupSingleton(QueuedPlatforms.class);
        queued.doRun();
        assertThat(j.jenkins.getQueue().getItems()).hasSize(1);
        queued.doRun();

        j.waitForMessage("waits for an agent with the label single, for 60 minutes at most.", build);
        assertThat(j.jenkins.getQueue().getItems()).isEmpty();
        agent.setTemporaryOfflineCause(null);
        Files.createFile(files.resolve("go"));
        j.assertBuildStatusSuccess(j.waitForCompletion(build));
    }
}

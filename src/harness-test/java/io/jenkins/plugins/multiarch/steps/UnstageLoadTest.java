package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images that go into the docker of the node, and out of it. */
@WithJenkins
class UnstageLoadTest {

    private static ImageRef hello(FakeRegistry registry) throws Exception {
        HttpRegistry client = HttpRegistry.builder().build();
        BuildRequest request = BuildRequest.of(Path.of("src/demo"), List.of(Platform.parse("linux/amd64")));
        try (BuiltImages images = new DaemonlessBuilder(client, line -> {}).build(request)) {
            return images.push(registry.repository("acme/hello")).get(0).image();
        }
    }

    @Test
    void loadsUnderAFixedNameAndRuns(JenkinsRule j) throws Exception {
        RealTools.require("docker", "dockerd");
        j.createOnlineSlave(Label.get("linux"));
        String name = "unstaged-" + UUID.randomUUID() + ":test";
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.succeeds(j, """
                    node('linux') {
                      stageImage name: 'hello', image: '%1$s'
                      try {
                        def hello = unstageImage name: 'hello', load: '%2$s', platform: 'linux/amd64'
                        echo "loaded ${hello.loaded}, take it as ${hello}"
                        sh 'docker run --rm --network none %2$s'
                        stageImage name: 'again', image: "${hello}"
                      } finally {
                        sh 'docker image rm --force %2$s'
                      }
                    }
                    """.formatted(hello(registry), name));

            j.assertLogContains("loaded " + name + ", take it as docker-daemon:" + name, build);
            j.assertLogContains("Loaded " + name + " with docker.", build);
            j.assertLogContains(
                    " to a docker-archive, which daemons without the containerd image store load too.", build);
            j.assertLogContains("linux/amd64 says: Hello!", build);
            j.assertLogContains("Staged 'again' as sha256:", build);
        }
    }

    @Test
    void saysWhatDockerSays(JenkinsRule j) throws Exception {
        RealTools.require("docker");
        DumbSlave agent = j.createOnlineSlave(Label.get("linux"));
        agent.getNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("DOCKER_HOST", "unix:///no-such-socket")));
        try (FakeRegistry registry = FakeRegistry.start()) {
            WorkflowRun build = Pipelines.isRefused(j, """
                    node('linux') {
                      stageImage name: 'hello', image: '%s'
                      unstageImage name: 'hello', load: 'acme/hello:test', platform: 'linux/amd64'
                    }
                    """.formatted(hello(registry)));

            assertThat(JenkinsRule.getLog(build))
                    .contains("ERROR: acme/hello:test could not be loaded: 'docker load' ended with 1, saying: ")
                    .contains("unix:///no-such-socket");
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every example of the documentation and of the steps' help runs, but for the host and the builder, which are ours. Those
 * marked {@code groovy builder} need a real builder, and do not run here.
 */
@WithJenkins
class ExamplesTest {
    private static final Pattern IN_PAGES = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final String BY_FILES = "buildMultiArch builder: 'daemonless', image:";
    private static final Pattern IN_HELP = Pattern.compile("<pre>\n(.*?)</pre>", Pattern.DOTALL);

    private static List<String> examples() throws IOException {
        Path project = Path.of(System.getProperty("basedir", "."));
        List<String> examples = new ArrayList<>();
        collect(project.resolve("docs/steps"), "[a-zA-Z]+\\.md", IN_PAGES, examples);
        collect(
                project.resolve("src/main/resources/io/jenkins/plugins/multiarch/steps"),
                "help\\.html",
                IN_HELP,
                examples);
        return examples;
    }

    private static void collect(Path folder, String name, Pattern block, List<String> examples) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(name))
                    .sorted()
                    .toList()) {
                Matcher blocks = block.matcher(Files.readString(file));
                while (blocks.find()) {
                    examples.add(blocks.group(1));
                }
            }
        }
    }

    @Test
    void allRun(JenkinsRule j, @TempDir Path folder) throws Exception {
        j.createOnlineSlave(Label.get("arch-amd64"));
        j.createOnlineSlave(Label.get("arch-arm64"));
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(8);
        Pipelines.addCredentials("ghcr", "robot");
        Pipelines.addKey("release-key");
        for (int i = 0; i < examples.size(); i++) {
            try (FakeRegistry registry = FakeRegistry.builder()
                    .withBasicAuth("robot", Pipelines.PASSWORD)
                    .withAnonymousPull()
                    .start()) {
                run(j, folder, "example-" + i, examples.get(i), registry);
            }
        }
    }

    private static void run(JenkinsRule j, Path folder, String name, String example, FakeRegistry registry)
            throws Exception {
        Manifest image = registry.addImage("acme/app", "1.4.2-rc1", "linux/amd64", "linux/arm64");
        registry.addImage("acme/app", "1.4.1", "linux/amd64", "linux/arm64");
        registry.tag("acme/app", "candidate", image.digest());
        registry.tag("acme/app", "stable", image.digest());
        String amd64 = Pipelines.pushed(registry, "linux/amd64");
        String arm64 = Pipelines.pushed(registry, "linux/arm64");
        String s390x = Pipelines.pushed(registry, "linux/s390x");
        String script = "def amd64 = '" + amd64 + "'\ndef arm64 = '" + arm64 + "'\n";
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("AMD64", amd64.substring(amd64.indexOf('@') + 1)),
                new StringParameterDefinition("ARM64", arm64.substring(arm64.indexOf('@') + 1)),
                new StringParameterDefinition("S390X", s390x.substring(s390x.indexOf('@') + 1))));
        String shown = example.replace("ghcr.io", registry.address())
                .replace("sha256:…", image.digest().toString());
        if (example.contains("buildMultiArch")) {
            String ours = example.contains("builder:") ? shown : shown.replace("buildMultiArch image:", BY_FILES);
            job.setDefinition(ExampleSource.in(folder.resolve(name)).pipeline(ours));
        } else {
            job.setDefinition(new CpsFlowDefinition(example.startsWith("pipeline") ? shown : script + shown, true));
        }

        j.buildAndAssertSuccess(job);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines in the sandbox, and what they find in the controller and in a registry. */
final class Pipelines {
    static final String PASSWORD = "s3cret-of-the-robot";

    private Pipelines() {}

    static WorkflowJob job(JenkinsRule j, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static WorkflowRun succeeds(JenkinsRule j, String script) throws Exception {
        return j.buildAndAssertSuccess(job(j, script));
    }

    /** The build fails, and its log tells why without a stack trace. */
    static WorkflowRun isRefused(JenkinsRule j, String script) throws Exception {
        WorkflowRun build =
                Objects.requireNonNull(job(j, script).scheduleBuild2(0)).get();
        j.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        return build;
    }

    static WorkflowRun begins(JenkinsRule j, String script) throws Exception {
        return Objects.requireNonNull(job(j, script).scheduleBuild2(0)).waitForStart();
    }

    static void addCredentials(String id, String user) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, PASSWORD));
        provider.save();
    }

    /** One to sign with. */
    static void addKey(String id) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        id,
                        "",
                        "release.pem",
                        SecretBytes.fromBytes(SampleKeys.file("p256.pem"))));
        provider.save();
    }

    /** A secret text. */
    static void addText(String id) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(PASSWORD)));
        provider.save();
    }

    /** An image for two platforms that says its version and commit, and gets a tag. */
    static Manifest released(FakeRegistry registry, String repository, String tag, String version, String revision) {
        List<Descriptor> images = Stream.of("linux/amd64", "linux/arm64")
                .map(platform -> registry.addImageManifest(repository, version + " for " + platform, platform)
                        .descriptor()
                        .withPlatform(Platform.parse(platform)))
                .toList();
        Manifest index = registry.addManifest(
                repository,
                ImageIndex.of(
                        images,
                        Map.of(
                                "org.opencontainers.image.version",
                                version,
                                "org.opencontainers.image.revision",
                                revision)));
        registry.tag(repository, tag, index.digest());
        return index;
    }

    /** The beginning of a script that builds an image, {@code image} from then on, and tags it 1.0. */
    static String building(FakeRegistry registry) {
        return """
                def image
                node('built-in') {
                    writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /\\n'
                    image = buildMultiArch image: '%s', platforms: ['linux/amd64', 'linux/arm64'],
                        builder: 'daemonless', tags: ['1.0']
                }
                """.formatted(registry.repository("acme/app"));
    }

    /** A reference by digest to an image of one platform that the registry has from now on. */
    static String pushed(FakeRegistry registry, String platform) {
        Manifest image = registry.addImageManifest("acme/app", "content for " + platform, platform);
        return registry.repository("acme/app") + "@" + image.digest();
    }
}

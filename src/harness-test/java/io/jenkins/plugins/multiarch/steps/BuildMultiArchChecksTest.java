package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Label;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.AgentConfiguration;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form says what the build would say. */
@WithJenkins
class BuildMultiArchChecksTest {
    private static final String DESCRIPTOR = "descriptorByName/io.jenkins.plugins.multiarch.steps.BuildMultiArchStep/";

    private JenkinsRule j;
    private BuildMultiArchStep.DescriptorImpl descriptor;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
        descriptor = j.jenkins.getDescriptorByType(BuildMultiArchStep.DescriptorImpl.class);
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    private static void isRight(FormValidation check) {
        assertThat(check.kind).as(check.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void saysWhatIsWrongWithTheImage() {
        isRight(descriptor.doCheckImage(null, "ghcr.io/acme/{runtime}", "runtime=slim"));
        isRefused(descriptor.doCheckImage(null, "", ""), "The argument image is empty.");
        isRefused(descriptor.doCheckImage(null, "ghcr.io/acme/app:1", ""), "names one image");
        isRefused(descriptor.doCheckImage(null, "ghcr.io/acme/{base}", "runtime=slim"), "does not have");
    }

    @Test
    void saysWhatIsWrongWithLists() {
        isRefused(descriptor.doCheckPlatforms(null, "linux"), "is not a platform");
        isRefused(descriptor.doCheckBuildArgs(null, "VERSION", ""), "is no key with a value");
        isRefused(descriptor.doCheckSecrets(null, "a b=c", ""), "cannot be the id of a secret");
        isRefused(descriptor.doCheckContexts(null, "assets", ""), "is no key with a value");
        isRefused(descriptor.doCheckBaseImages(null, "base=acme/base", ""), "has no digest");
        isRefused(descriptor.doCheckPrebuilt(null, "amd64", ""), "is no key with a value");
        isRefused(descriptor.doCheckLabels(null, "-a=b", ""), "cannot name a label");
        isRefused(descriptor.doCheckAnnotations(null, "layer:a=b", ""), "which is not known");
        isRefused(descriptor.doCheckOptionalPlatforms(null, "linux/s390x", "linux/amd64"), "is not built");
        isRefused(descriptor.doCheckExpectedPlatforms(null, "linux"), "is not a platform");
        isRefused(descriptor.doCheckOutputs(null, "docker", ""), "is no output");
        isRefused(descriptor.doCheckVariants(null, "slim"), "is no variant");
        isRefused(descriptor.doCheckTags(null, "1.0", "a.b/c", "x=1\nx=2"), "Two variants are to become a.b/c:1.0");
        isRight(descriptor.doCheckTags(null, "1.0-{x}", "a.b/c", "x=1\nx=2"));
    }

    @Test
    void saysWhatIsWrongWithTexts() {
        isRefused(descriptor.doCheckSource(null, "git"), "is no source");
        isRight(descriptor.doCheckSource(null, ""));
        isRefused(descriptor.doCheckNetwork(null, "a b", ""), "is not a network");
        isRefused(descriptor.doCheckTarget(null, "{x}", "y=1"), "does not have");
        isRefused(descriptor.doCheckContext(null, "{x}", "y=1"), "does not have");
        isRefused(descriptor.doCheckDockerfile(null, "{x}", "y=1"), "does not have");
    }

    @Test
    void saysWhatIsWrongWithNumbers() {
        isRefused(descriptor.doCheckWaitMinutes(null, "an hour"), "which is no whole number");
        isRefused(descriptor.doCheckWaitMinutes(null, "0"), "out of its range");
        isRefused(descriptor.doCheckRetries(null, "21"), "out of its range");
        isRefused(descriptor.doCheckAtOnce(null, "-1"), "out of its range");
        isRefused(descriptor.doCheckSourceDateEpoch(null, "-1"), "out of its range");
        isRight(descriptor.doCheckSourceDateEpoch(null, ""));
    }

    @Test
    void warnsOfLabelsThatNoAgentHas() throws Exception {
        j.createOnlineSlave(Label.get("arch-arm64"));

        FormValidation unknown = descriptor.doCheckAgents(null, "linux/arm64=arch-amr64", "linux/arm64", "");

        assertThat(unknown.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(unknown.getMessage()).contains("No agent has the label arch-amr64, which builds linux/arm64.");
        isRight(descriptor.doCheckAgents(null, "linux/arm64=arch-arm64", "linux/arm64", ""));
        isRight(descriptor.doCheckAgents(null, "linux/arm64=arch-amr64", "linux/arm64", "wait"));
        isRefused(descriptor.doCheckAgents(null, "arm 64=x", "linux/arm64", ""), "in agents is no platform");
    }

    @Test
    void knowsTheAgentsOfTheGlobalConfiguration() {
        isRefused(descriptor.doCheckOnUnavailable(null, "emulate", ""), "agents has no default");

        MultiArchConfiguration.get().setAgents(List.of(new AgentConfiguration("default", "linux")));

        isRight(descriptor.doCheckOnUnavailable(null, "emulate", ""));
    }

    @Test
    void warnsOfSecretsAmongTheBuildArguments() {
        for (String name : List.of("NPM_TOKEN", "DbPassword", "api_key", "KEY", "CLIENT_SECRET")) {
            FormValidation check = descriptor.doCheckBuildArgs(null, "VERSION=1\n" + name + "=x", "");

            assertThat(check.kind).as(name).isEqualTo(FormValidation.Kind.WARNING);
            assertThat(check.getMessage()).startsWith(name + " looks like a secret.");
        }
        isRight(descriptor.doCheckBuildArgs(null, "MONKEY=1\nVERSION=token", ""));
    }

    @Test
    void checksTheCacheWithTheVariantsAround() {
        BuildCache.DescriptorImpl cache = j.jenkins.getDescriptorByType(BuildCache.DescriptorImpl.class);

        isRight(cache.doCheckReference(null, "ghcr.io/acme/{x}-cache", "x=1"));
        isRefused(cache.doCheckReference(null, "", ""), "The argument reference of the cache is empty.");
        isRefused(cache.doCheckReference(null, "a.b/c@sha256:" + "0".repeat(64), ""), "names a digest");
    }

    @Test
    void offersWhatTheStepTakes() {
        assertThat(values(descriptor.doFillBuilderItems()))
                .containsExactly("", "buildx", "docker", "buildah", "podman", "daemonless");
        assertThat(values(descriptor.doFillOnUnavailableItems()))
                .containsExactly("", "wait", "emulate", "skip", "fail");
        assertThat(values(descriptor.doFillPublishItems())).containsExactly("", "true", "false");
    }

    private static List<String> values(ListBoxModel choices) {
        return choices.stream().map(choice -> choice.value).toList();
    }

    @Test
    void answersToPostAlone() throws Exception {
        HttpURLConnection get =
                (HttpURLConnection) new URL(j.getURL(), DESCRIPTOR + "checkPlatforms?value=x").openConnection();

        assertThat(get.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
    }

    @Test
    void saysNothingToThoseWhoMayNotConfigureTheJob() throws Exception {
        j.createProject(WorkflowJob.class, "app");
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));

        assertThat(answer("author")).contains("is not a platform");
        assertThat(answer("reader")).doesNotContain("is not a platform");
    }

    private String answer(String user) throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient().login(user)) {
            URL address = new URL(browser.createCrumbedUrl("job/app/" + DESCRIPTOR + "checkPlatforms") + "&value=x");
            return browser.getPage(new WebRequest(address, HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PruneVersionsFormTest {
    private JenkinsRule j;
    private PruneVersionsStep.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
        form = j.jenkins.getDescriptorByType(PruneVersionsStep.DescriptorImpl.class);
    }

    private void roundTrip(PruneVersionsStep step, String arguments) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, "pruneVersions" + arguments);
    }

    @Test
    void keepsWhatItIsTold() throws Exception {
        PruneVersionsStep step = new PruneVersionsStep(List.of("ghcr.io/acme/app"));
        roundTrip(step, "(['ghcr.io/acme/app'])");

        step = new PruneVersionsStep(List.of("ghcr.io/acme/app", "ghcr.io/acme/web"));
        step.setKeep(List.of("dev-*=10", "pr-*=1"));
        step.setKeepYounger(List.of("v*=180d"));
        step.setProtect(List.of("stable"));
        step.setCredentialsId("ghcr");
        step.setMaxDeletes(500);
        step.setApply("now");
        roundTrip(
                step,
                " apply: 'now', credentialsId: 'ghcr', keep: ['dev-*=10', 'pr-*=1'], keepYounger: ['v*=180d'], maxDeletes:"
                        + " 500, protect: ['stable'], repositories: ['ghcr.io/acme/app', 'ghcr.io/acme/web']");

        step = new PruneVersionsStep(List.of("ghcr.io/acme/app"));
        step.setRules("{\"protect\": [\"stable\"]}");
        step.setUntaggedAfter("2w");
        step.setMayEmpty(true);
        step.setKeepBuilds(false);
        step.setChannels(List.of("ghcr.io/acme/metadata:prod"));
        step.setInventory("sha256:1");
        step.setRequestsPerMinute(300);
        step.setProvider("harbor");
        step.setApiCredentialsId("ghcr");
        roundTrip(
                step,
                " apiCredentialsId: 'ghcr', channels: ['ghcr.io/acme/metadata:prod'], inventory: 'sha256:1', keepBuilds:"
                        + " false, mayEmpty: true, provider: 'harbor', repositories: ['ghcr.io/acme/app'],"
                        + " requestsPerMinute: 300, rules: '{\"protect\": [\"stable\"]}', untaggedAfter: '2w'");
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    private static void isRight(FormValidation check) {
        assertThat(check.kind).as(check.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void saysWhatIsWrongWithAField() {
        isRefused(
                form.doCheckRepositories(null, "a.b/c\na.b/c:1.0"), "names one image, where a repository is asked for");
        isRefused(form.doCheckKeep(null, "dev-*"), "is not a pattern of tags with how many of them are kept");
        isRefused(form.doCheckKeepYounger(null, "dev-*=10"), "is not an age.");
        isRefused(form.doCheckProtect(null, "/(/"), "");
        isRefused(form.doCheckRules(null, "{\"rule\": []}"), "A document of retention rules with");
        isRefused(form.doCheckUntaggedAfter(null, "a week"), "is not an age.");
        isRefused(form.doCheckMaxDeletes(null, "many"), "which is no whole number.");
        isRefused(form.doCheckMaxDeletes(null, "-1"), "no fewer than 0 can be deleted");
        isRefused(form.doCheckRequestsPerMinute(null, "0"), "A budget of 0 requests per minute lets none be sent.");
        isRefused(form.doCheckRequestsPerMinute(null, "few"), "which is no whole number.");
        isRefused(form.doCheckInventory(null, "app:1.0"), "which has no digest.");
        isRefused(form.doCheckChannels(null, "ghcr.io/acme/metadata"), "does not name a channel");
        isRefused(form.doCheckApply(null, "sha256:1"), "is not the hash of a plan.");
    }

    @Test
    void saysNothingWhereNothingIsWrong() {
        isRight(form.doCheckRepositories(null, "a.b/c\na.b/d"));
        isRight(form.doCheckKeep(null, "dev-*=10\n/pr-[0-9]+/=3"));
        isRight(form.doCheckKeepYounger(null, "v*=180d"));
        isRight(form.doCheckProtect(null, "stable"));
        isRight(form.doCheckRules(null, ""));
        isRight(form.doCheckUntaggedAfter(null, "never"));
        isRight(form.doCheckMaxDeletes(null, "500"));
        isRight(form.doCheckRequestsPerMinute(null, "300"));
        assertThat(form.doFillProviderItems())
                .extracting((ListBoxModel.Option provider) -> provider.value)
                .containsExactly("", "github", "dockerhub", "ecr", "harbor", "oci");
        assertThat(form.doFillApiCredentialsIdItems(null, ""))
                .extracting((ListBoxModel.Option credentials) -> credentials.value)
                .contains("", "ghcr");
        isRight(form.doCheckInventory(null, "app@sha256:" + "0".repeat(64)));
        isRight(form.doCheckChannels(null, "ghcr.io/acme/metadata:prod"));
        isRight(form.doCheckApply(null, "now"));
    }
}

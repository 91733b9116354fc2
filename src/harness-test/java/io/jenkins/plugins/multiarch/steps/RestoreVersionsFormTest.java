package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RestoreVersionsFormTest {
    private JenkinsRule j;
    private RestoreVersionsStep.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
        form = j.jenkins.getDescriptorByType(RestoreVersionsStep.DescriptorImpl.class);
    }

    private void roundTrip(RestoreVersionsStep step, String arguments) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, "restoreVersions" + arguments);
    }

    @Test
    void keepsWhatItIsTold() throws Exception {
        RestoreVersionsStep step = new RestoreVersionsStep(List.of("ghcr.io/acme/app"));
        roundTrip(step, "(['ghcr.io/acme/app'])");

        step = new RestoreVersionsStep(List.of("ghcr.io/acme/app", "ghcr.io/acme/web"));
        step.setFrom("acme/prune");
        step.setBuild("42");
        step.setArchive("pruned/17-pruned.jsonl");
        step.setProvider("github");
        step.setApiCredentialsId("ghcr");
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                " apiCredentialsId: 'ghcr', archive: 'pruned/17-pruned.jsonl', build: '42', credentialsId: 'ghcr', from:"
                        + " 'acme/prune', provider: 'github', repositories: ['ghcr.io/acme/app', 'ghcr.io/acme/web']");
    }

    private static void isRefused(FormValidation check, String message) {
        assertThat(check.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(check.getMessage()).contains(message);
    }

    @Test
    void saysWhatIsWrongWithAField() {
        isRefused(form.doCheckRepositories(null, "a.b/c:1.0"), "names one image, where a repository is asked for");
        isRefused(form.doCheckBuild(null, "first"), "is not a build.");
        isRefused(form.doCheckArchive(null, "../config.xml"), "is not the archive of a pruning.");
    }

    @Test
    void saysNothingWhereNothingIsWrong() {
        assertThat(List.of(
                        form.doCheckRepositories(null, "a.b/c\na.b/d"),
                        form.doCheckBuild(null, "42"),
                        form.doCheckBuild(null, "lastSuccessful"),
                        form.doCheckArchive(null, ""),
                        form.doCheckArchive(null, "pruned/17-pruned.jsonl")))
                .allMatch(check -> check.kind == FormValidation.Kind.OK);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReleasePlanFormTest {
    private JenkinsRule j;
    private ReleasePlanStep.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        form = j.jenkins.getDescriptorByType(ReleasePlanStep.DescriptorImpl.class);
        Pipelines.addCredentials("ghcr", "robot");
    }

    private void roundTrip(ReleasePlanStep step, String snippet) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
    }

    @Test
    void keepsWhatIsGiven() throws Exception {
        ReleasePlanStep step = new ReleasePlanStep();
        roundTrip(step, "releasePlan()");

        step.setRulesFile("ci/release-rules.json");
        step.setImage("ghcr.io/acme/app");
        step.setBase("ghcr.io/acme/base:1.0");
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "releasePlan base: 'ghcr.io/acme/base:1.0', credentialsId: 'ghcr', image: 'ghcr.io/acme/app', rulesFile:"
                        + " 'ci/release-rules.json'");

        step = new ReleasePlanStep();
        step.setRules("{\"paths\": [\"src/**\"]}");
        step.setPhase("push");
        step.setRef("refs/heads/main");
        step.setDefaultBranch("trunk");
        roundTrip(
                step,
                "releasePlan defaultBranch: 'trunk', phase: 'push', ref: 'refs/heads/main', rules: '{\"paths\":"
                        + " [\"src/**\"]}'");
    }

    @Test
    void saysWhatIsWrong() {
        says(form.doCheckRules(null, "{\"path\": []}", ""), "The rules for releases cannot be used: ");
        says(form.doCheckRules(null, "{}", "rules.json"), "releasePlan was given both rules and rulesFile.");
        says(form.doCheckRulesFile(null, "../rules.json"), "The argument rulesFile names '../rules.json'");
        says(form.doCheckImage(null, "ghcr.io/acme/app:1"), "'ghcr.io/acme/app:1' names one image");
        says(form.doCheckBase(null, "https://x"), "'https://x' is an address");
        says(form.doCheckRef(null, "refs/x"), "'refs/x' is not a ref that can be built.");
        says(form.doCheckDefaultBranch(null, "a b"), "is not a ref that can be built.");
        assertThat(form.doCheckRules(null, "", "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(form.doFillPhaseItems()).extracting(phase -> phase.value).containsExactly("", "push");
    }

    private static void says(FormValidation checked, String message) {
        assertThat(checked.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(checked.getMessage().replace("&#039;", "'")).contains(message);
    }
}

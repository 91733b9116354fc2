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
class PushArtifactFormTest {
    private JenkinsRule j;
    private PushArtifactStep.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        form = j.jenkins.getDescriptorByType(PushArtifactStep.DescriptorImpl.class);
        Pipelines.addCredentials("ghcr", "robot");
    }

    private void roundTrip(PushArtifactStep step, String snippet) throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
    }

    @Test
    void keepsWhatIsGiven() throws Exception {
        PushArtifactStep step = new PushArtifactStep("ghcr.io/acme/payload");
        step.setArtifactType("application/vnd.acme.payload.v1");
        step.setFiles(List.of("build/app.tar.gz:application/gzip", "install.sh"));
        step.setAnnotations(List.of("a=b"));
        step.setSubject("ghcr.io/acme/payload:1.0");
        step.setTags(List.of("1.4.2", "stable"));
        step.setImmutableTags(true);
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "pushArtifact annotations: ['a=b'], artifactType: 'application/vnd.acme.payload.v1', credentialsId: 'ghcr',"
                        + " files: ['build/app.tar.gz:application/gzip', 'install.sh'], immutableTags: true, repository:"
                        + " 'ghcr.io/acme/payload', subject: 'ghcr.io/acme/payload:1.0', tags: ['1.4.2', 'stable']");

        step = new PushArtifactStep("ghcr.io/acme/charts/app");
        step.setChart("build/app-1.4.2.tgz");
        step.setVersion("1.4.2");
        roundTrip(
                step,
                "pushArtifact chart: 'build/app-1.4.2.tgz', repository: 'ghcr.io/acme/charts/app', version: '1.4.2'");
    }

    @Test
    void saysWhatIsWrong() {
        says(form.doCheckRepository(null, ""), "The argument repository is empty.");
        says(form.doCheckArtifactType(null, "payload"), "'payload' is not a media type.");
        says(form.doCheckFiles(null, "/etc/passwd"), "which is outside the workspace.");
        says(form.doCheckFiles(null, "../a"), "cannot be the name of a file of an artifact.");
        says(form.doCheckAnnotations(null, "a"), "'a' is not an annotation.");
        says(form.doCheckSubject(null, "https://x"), "'https://x' is an address");
        says(form.doCheckTags(null, "a b"), "'a b' is not a tag.");
        says(form.doCheckChart(null, "../app.tgz", "", ""), "which is outside the workspace.");
        says(form.doCheckChart(null, "app.tgz", "", "install.sh"), "pushArtifact was given a chart together with");
        says(form.doCheckVersion(null, "1.4.2", ""), "pushArtifact was given a version, which only charts have.");
        assertThat(form.doCheckVersion(null, "1.4.2", "app.tgz").kind).isEqualTo(FormValidation.Kind.OK);
    }

    private static void says(FormValidation checked, String message) {
        assertThat(checked.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(checked.getMessage().replace("&#039;", "'")).contains(message);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.BooleanParameterValue;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.FileParameterValue;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.PasswordParameterValue;
import hudson.model.RunParameterValue;
import hudson.model.StringParameterValue;
import hudson.model.TextParameterValue;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class GivenParametersTest {
    private static final String LONGEST = "x".repeat(GivenParameters.MAX_LENGTH);

    /** As plugins have it that take files with a build: nothing about it says that it is a secret. */
    private static final class Uploaded extends ParameterValue {
        private static final long serialVersionUID = 1L;

        private final String base64;

        Uploaded(String name, String base64) {
            super(name);
            this.base64 = base64;
        }

        @Override
        public Object getValue() {
            return base64;
        }
    }

    @Test
    void areToldWhereTheyAreTextsAndElseNamedAtMost(JenkinsRule j) throws Exception {
        List<ParameterValue> given = List.of(
                new StringParameterValue("STRING", "a"),
                new TextParameterValue("TEXT", "b\nc"),
                new ChoiceParameterDefinition("CHOICE", "d\ne", "").getDefaultParameterValue(),
                new StringParameterValue("LONGEST", LONGEST),
                new BooleanParameterValue("BOOLEAN", true),
                new RunParameterValue("RUN", "upstream#3"),
                new FileParameterValue("FILE", new File("/var/jenkins/upload"), "accounts.csv"),
                new Uploaded("UPLOADED", "YWNjb3VudHM="),
                new StringParameterValue("LONGER", LONGEST + "x"),
                new PasswordParameterValue("SECRET", "t0p-s3cret"));
        WorkflowRun build = Pipelines.succeeds(j, "");
        build.addAction(new ParametersAction(
                given, given.stream().map(ParameterValue::getName).toList()));

        assertThat(new String(Json.write(GivenParameters.of(build)), StandardCharsets.UTF_8))
                .isEqualToIgnoringWhitespace("""
                        {"STRING": "a", "TEXT": "b\\nc", "CHOICE": "d", "LONGEST": "%s", "BOOLEAN": "true",
                         "RUN": "upstream#3", "FILE": null, "UPLOADED": null, "LONGER": null}""".formatted(LONGEST));
    }
}

package io.jenkins.plugins.multiarch.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.thoughtworks.xstream.io.WriterWrapper;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import hudson.util.XStream2;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is known of the platforms of a build, as it is saved. */
@WithJenkins
class ReleaseActionTest {
    private ReleaseAction action;

    @BeforeEach
    void build(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition("", true));
        action = ReleaseAction.of(j.buildAndAssertSuccess(job));
    }

    private void waiting(String platform) {
        try {
            action.record(platform, PlatformRecord.waiting("acme/app", platform));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isSavedWhileItIsChanged() {
        waiting("linux/amd64");
        waiting("linux/arm64");
        action.claimCache("acme/cache:one", "1");
        action.claimCache("acme/cache:two", "1");
        StringWriter saved = new StringWriter();

        new XStream2().marshal(action, new WriterWrapper(new PrettyPrintWriter(saved)) {
            @Override
            @SuppressWarnings("rawtypes")
            public void startNode(String name, Class type) {
                super.startNode(name, type);
                if (name.equals("entry")) {
                    waiting("linux/s390x");
                    action.claimCache("acme/cache:three", "1");
                }
            }
        });

        assertThat(saved.toString()).contains("linux/amd64", "linux/arm64", "acme/cache:one", "acme/cache:two");
    }
}

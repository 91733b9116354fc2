package io.jenkins.plugins.multiarch.steps;

import hudson.model.Label;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DigestGatePipelineTest {

    @Test
    void verifiesByTheVerdictOfAnEarlierGate(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            Manifest image = registry.addImage("acme/app", "1.0", "linux/amd64", "linux/arm64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    def tested = digestGate image: '%1$s:1.0', mode: 'config', requiredPlatforms: ['linux/arm64']
                    def again = digestGate image: "${tested.reference}", verify: tested
                    echo "verified ${again} by ${again.mode}: ${again.digest} ${again.fingerprints.keySet()}"
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "verified " + registry.repository("acme/app") + "@" + image.digest() + " by config: "
                            + image.digest() + " [linux/amd64, linux/arm64]",
                    build);
        }
    }

    @Test
    void handsTheRecordOverInAFileOfTheWorkspace(JenkinsRule j) throws Exception {
        j.createOnlineSlave(Label.get("linux"));
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");

            WorkflowRun build = Pipelines.succeeds(j, """
                    node('linux') {
                      digestGate image: '%1$s:1.0', record: 'build/gate.json'
                      def verdict = digestGate image: '%1$s:1.0', verify: 'build/gate.json'
                      echo "same record: ${verdict.record == readFile('build/gate.json')}"
                    }
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains("same record: true", build);
        }
    }

    @Test
    void refusesAnotherImageWithTheFirstDifference(JenkinsRule j) throws Exception {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "1.0", "linux/amd64");
            registry.addImage("acme/app", "1.1", "linux/amd64");

            WorkflowRun build = Pipelines.isRefused(j, """
                    def tested = digestGate image: '%1$s:1.0', mode: 'rootfs'
                    digestGate image: '%1$s:1.1', verify: tested.record
                    """.formatted(registry.repository("acme/app")));

            j.assertLogContains(
                    "ERROR: " + registry.repository("acme/app") + ":1.1 is not the image that was tested, "
                            + registry.repository("acme/app") + ":1.0: its rootfs fingerprint is ",
                    build);
        }
    }

    @Test
    void refusesFilesOutsideNode(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "digestGate image: 'oci-archive:image.tar'");

        j.assertLogContains(
                "ERROR: 'oci-archive:image.tar' lies on a node, and digestGate was called outside node. Call it inside the"
                        + " node that has the image, or name an image in a registry.",
                build);
    }

    @Test
    void refusesFilesOutsideTheWorkspace(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "node { digestGate image: 'oci:../../secret' }");

        j.assertLogContains(
                "ERROR: The argument image names '../../secret', which is outside the workspace. Name a path inside the"
                        + " workspace, as in build/image.",
                build);
    }
}

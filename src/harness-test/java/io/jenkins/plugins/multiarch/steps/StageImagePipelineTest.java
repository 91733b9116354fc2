package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images that travel between stages and jobs through the artifacts of a build. */
@WithJenkins
class StageImagePipelineTest {
    private JenkinsRule j;
    private FakeRegistry registry;
    private Manifest image;
    private String app;

    @BeforeEach
    void push(JenkinsRule rule) throws Exception {
        j = rule;
        registry = FakeRegistry.start();
        image = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
        app = registry.repository("acme/app").toString();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private WorkflowRun staged() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "app");
        job.setDefinition(new CpsFlowDefinition("node { stageImage name: 'app', image: '" + app + ":1.4' }", true));
        return j.buildAndAssertSuccess(job);
    }

    private static Path artifact(WorkflowRun build, String file) {
        return new File(build.getRootDir(), "archive/multiarch/app/" + file).toPath();
    }

    @Test
    void putsAnArchiveForEachPlatformAmongTheArtifacts() throws Exception {
        j.createOnlineSlave(Label.get("linux"));

        WorkflowRun build = Pipelines.succeeds(j, """
                node('linux') {
                  def staged = stageImage name: 'app', image: '%s:1.4'
                  echo "${staged} is ${staged.digest}: ${staged.archives} of ${staged.platforms*.platform}"
                }
                """.formatted(app));

        j.assertLogContains(
                "app is " + image.digest()
                        + ": [multiarch/app/linux-amd64.oci.tar, multiarch/app/linux-arm64.oci.tar] of"
                        + " [linux/amd64, linux/arm64]",
                build);
        j.assertLogContains(
                "Staged 'app' as " + image.digest() + " among the artifacts of " + build.getFullDisplayName() + ".",
                build);
        assertThat(artifact(build, "index.json")).hasBinaryContent(image.bytes());
        assertThat(artifact(build, "image.json")).content().contains("\"job\" : \"release\"", "\"build\" : \"1\"");
        assertThat(build.getArtifacts()).hasSize(4);
    }

    @Test
    void handsAnImageToAnotherJobThatPublishesTheVeryBytes() throws Exception {
        staged();
        j.createOnlineSlave(Label.get("linux"));

        WorkflowRun build = Pipelines.succeeds(j, """
                node('linux') {
                  def taken = unstageImage name: 'app', from: 'app', build: 1, image: '%s', tags: ['1.4'],
                      archive: 'out/image.tar', layout: 'out/layout'
                  echo "published ${taken} with ${taken.tags} from ${taken.archive} and ${taken.layout}"
                  def verdict = digestGate image: "oci-archive:${taken.archive}"
                  echo "archive has ${verdict.digest}"
                  echo "layout has ${digestGate(image: "oci:${taken.layout}:app").digest}"
                }
                """.formatted(registry.repository("mirror/app")));

        j.assertLogContains(
                "published " + registry.repository("mirror/app") + "@" + image.digest()
                        + " with [1.4] from out/image.tar and out/layout",
                build);
        j.assertLogContains("archive has " + image.digest(), build);
        j.assertLogContains("layout has " + image.digest(), build);
        assertThat(registry.tagged("mirror/app", "1.4")).contains(image.digest());
        assertThat(Files.list(Path.of(j.jenkins.getRootDir().getPath(), "workspace"))
                        .toList())
                .allSatisfy(folder -> assertThat(folder.toFile().list((dir, name) -> name.startsWith("multiarch-")))
                        .isNullOrEmpty());
    }

    @Test
    void stagesOnePlatformAndTheFileOfAnotherStage() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                node {
                  stageImage name: 'all', image: '%s:1.4'
                  unstageImage name: 'all', archive: 'image.tar'
                  def arm = stageImage name: 'arm', image: 'oci-archive:image.tar', platforms: ['linux/arm64']
                  echo "arm is ${arm.digest}"
                  echo "taken as ${unstageImage(name: 'arm', layout: 'arm')}"
                }
                """.formatted(app));

        j.assertLogContains("arm is " + ((ImageIndex) image).manifests().get(1).digest(), build);
        j.assertLogContains("taken as oci:arm:arm", build);
    }

    private WorkflowRun refused(String arguments) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "tests");
        job.setDefinition(new CpsFlowDefinition("node { unstageImage " + arguments + " }", true));
        WorkflowRun build = Objects.requireNonNull(job.scheduleBuild2(0)).get();
        j.assertBuildStatus(Result.FAILURE, build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ");
        return build;
    }

    @Test
    void refusesWhatWasDiscarded() throws Exception {
        WorkflowRun staged = staged();
        staged.deleteArtifacts();

        j.assertLogContains(
                "ERROR: app #1 (0 minutes old) has no staged image 'app', nor any other: none was staged there, or its"
                        + " artifacts were discarded since. Stage it there with stageImage, or keep the artifacts of app"
                        + " longer ('Discard old builds').",
                refused("name: 'app', from: 'app', archive: 'image.tar'"));
    }

    @Test
    void refusesADiscardedBuild() throws Exception {
        staged().delete();

        j.assertLogContains(
                "ERROR: app #1 is not there: it was discarded, or never ran. Name a build that is kept, or keep builds"
                        + " longer ('Discard old builds').",
                refused("name: 'app', from: 'app', build: '1', archive: 'image.tar'"));
    }

    @Test
    void refusesAJobThatNeverSucceeded() throws Exception {
        j.createProject(WorkflowJob.class, "app");

        j.assertLogContains(
                "ERROR: app has no build that succeeded. Build it first, or name one of its builds by number.",
                refused("name: 'app', from: 'app', archive: 'image.tar'"));
    }

    @Test
    void namesTheImagesThatThereAre() throws Exception {
        staged();

        j.assertLogContains(
                "ERROR: app #1 (0 minutes old) has no staged image 'base'. Name one that it has: app.",
                refused("name: 'base', from: 'app', archive: 'image.tar'"));
    }

    @Test
    void refusesAnArchiveThatIsGone() throws Exception {
        Files.delete(artifact(staged(), "linux-arm64.oci.tar"));

        j.assertLogContains(
                "ERROR: linux-arm64.oci.tar of the staged image 'app' of app #1 (0 minutes old) is gone, although its"
                        + " record is there. Stage the image again, and find out what deletes artifacts of app.",
                refused("name: 'app', from: 'app', archive: 'image.tar'"));
    }

    @Test
    void refusesAnArchiveThatWasChanged() throws Exception {
        Path archive = artifact(staged(), "linux-arm64.oci.tar");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[600] ^= 1;
        Files.write(archive, bytes);

        WorkflowRun build =
                refused("name: 'app', from: 'app', image: '" + registry.repository("mirror/app") + "', tags: ['1.4']");

        j.assertLogContains(
                " in linux-arm64.oci.tar of the staged image 'app' of app #1 (0 minutes old) has other content, which has"
                        + " the digest sha256:",
                build);
        assertThat(registry.tags("mirror/app")).isEmpty();
    }

    @Test
    void refusesAnArchiveOfAnotherSize() throws Exception {
        Path archive = artifact(staged(), "linux-arm64.oci.tar");
        Files.write(archive, new byte[3]);

        j.assertLogContains(
                " in linux-arm64.oci.tar of the staged image 'app' of app #1 (0 minutes old) has another size than the ",
                refused("name: 'app', from: 'app', archive: 'image.tar'"));
    }

    @Test
    void refusesToWorkOutsideNode() throws Exception {
        WorkflowRun build = Pipelines.isRefused(j, "stageImage name: 'app', image: '" + app + ":1.4'");

        j.assertLogContains(
                "ERROR: stageImage was called outside node, where no files can be. Call it inside the node that has the"
                        + " image or shall have it.",
                build);
    }

    @Test
    void refusesAJobThatIsNotThere() throws Exception {
        j.assertLogContains(
                "ERROR: There is no job 'ghost' that tests may read; its build runs as SYSTEM. Check the name, and let"
                        + " users who are logged in read the job and its artifacts, or let the build run as a user who may"
                        + " (plugin Authorize Project).",
                refused("name: 'app', from: 'ghost', archive: 'image.tar'"));
    }
}

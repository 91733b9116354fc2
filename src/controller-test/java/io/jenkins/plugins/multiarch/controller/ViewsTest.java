package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Blue Ocean, the Pipeline graph and our own page show of {@code buildMultiArch}, by the data behind them. */
class ViewsTest {
    @TempDir
    private static Path home;

    @AutoClose
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.start(home);
    }

    @Test
    void eachPlatformIsABranchWithItsOwnState() throws Exception {
        Repository repository = all.newRepository();
        all.setOffline("arm64");

        all.client().begin("live", pipeline(repository, "true"));
        all.await("live", "linux/amd64", "BUILT");
        all.await("live", "linux/arm64", "WAITING");
        Eventually.get(
                "Blue Ocean to see one branch end",
                () -> Optional.of(inBlueOcean("live"))
                        .filter(seen -> seen.contains("PARALLEL linux/amd64 FINISHED SUCCESS")));
        List<String> inBlueOcean = inBlueOcean("live");
        List<String> inGraph = Eventually.get(
                "the graph to see one branch end",
                () -> Optional.of(inGraph("live")).filter(seen -> seen.contains("PARALLEL linux/amd64 success")));
        String page = all.client().read("/job/live/1/multiarch/");
        all.setOnline("arm64");
        JenkinsClient.Build build = all.client().end("live");

        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
        assertThat(inBlueOcean).contains("PARALLEL linux/arm64 RUNNING UNKNOWN");
        assertThat(inGraph).contains("PARALLEL linux/arm64 running");
        assertThat(page).contains("<h2", repository.toString(), "linux/amd64", "waits for an agent");
        assertThat(inBlueOcean("live"))
                .containsExactly(
                        "STAGE Source FINISHED SUCCESS",
                        "STAGE Image FINISHED SUCCESS",
                        "PARALLEL linux/amd64 FINISHED SUCCESS",
                        "PARALLEL linux/arm64 FINISHED SUCCESS");
        assertThat(inGraph("live"))
                .containsExactly(
                        "STAGE Source success",
                        "STAGE Image success",
                        "PARALLEL linux/amd64 success",
                        "PARALLEL linux/arm64 success");
    }

    @Test
    void aPlatformThatFailsIsSeenWhereItFailed() throws Exception {
        Repository repository = all.newRepository();

        JenkinsClient.Build build = all.client().run("failing", pipeline(repository, "test $(uname -m) = x86_64"));

        assertThat(build.result()).isEqualTo("FAILURE");
        assertThat(build.log())
                .contains("ERROR: linux/arm64 was not built: buildah")
                .doesNotContain("\tat ");
        JsonNode records =
                all.client().json("/job/failing/1/multiarch/api/json").path("platforms");
        assertThat(records.findValuesAsText("platform"))
                .containsExactlyInAnyOrderElementsOf(TwoArchitectures.PLATFORMS);
        assertThat(records.findValuesAsText("state")).containsExactlyInAnyOrder("BUILT", "FAILED");
        assertThat(inBlueOcean("failing"))
                .containsExactly(
                        "STAGE Source FINISHED SUCCESS",
                        "STAGE Image FINISHED FAILURE",
                        "PARALLEL linux/amd64 FINISHED SUCCESS",
                        "PARALLEL linux/arm64 FINISHED FAILURE");
        assertThat(inGraph("failing"))
                .containsExactly(
                        "STAGE Source success",
                        "STAGE Image failure",
                        "PARALLEL linux/amd64 success",
                        "PARALLEL linux/arm64 failure");
    }

    @Test
    void itIsSeenThatAPlatformFailedWhileAnotherWaits() throws Exception {
        Repository repository = all.newRepository();
        all.setOffline("arm64");

        all.client().begin("half", pipeline(repository, "false"));
        all.await("half", "linux/amd64", "FAILED");
        String page = all.client().read("/job/half/1/multiarch/");
        all.setOnline("arm64");

        assertThat(page).contains("<td>failed</td>", "<td>waits for an agent</td>");
        assertThat(all.client().end("half").result()).isEqualTo("FAILURE");
    }

    /** One that builds with a RUN of its own. */
    private static String pipeline(Repository repository, String run) {
        return """
                pipeline {
                  agent none
                  stages {
                    stage('Source') {
                      steps {
                        script {
                          %s
                        }
                      }
                    }
                    stage('Image') {
                      steps {
                        buildMultiArch image: '%s', builder: 'buildah', source: 'stash:source', tags: ['1.0'], %s
                      }
                    }
                  }
                }
                """.formatted(
                        TwoArchitectures.stash("source", "FROM " + all.base() + "\nRUN " + run + "\nCOPY note /\n"),
                        repository,
                        TwoArchitectures.ARGUMENTS);
    }

    private static List<String> inBlueOcean(String job) throws Exception {
        List<String> seen = new ArrayList<>();
        for (JsonNode node :
                all.client().json("/blue/rest/organizations/jenkins/pipelines/" + job + "/runs/1/nodes/")) {
            seen.add(String.join(
                    " ",
                    node.path("type").asText(),
                    node.path("displayName").asText(),
                    node.path("state").asText(),
                    node.path("result").asText()));
        }
        return seen;
    }

    private static List<String> inGraph(String job) throws Exception {
        List<String> seen = new ArrayList<>();
        addStages(all.client().json("/job/" + job + "/1/pipeline-overview/tree").at("/data/stages"), seen);
        return seen;
    }

    private static void addStages(JsonNode stages, List<String> seen) {
        for (JsonNode stage : stages) {
            seen.add(String.join(
                    " ",
                    stage.path("type").asText(),
                    stage.path("name").asText(),
                    stage.path("state").asText()));
            addStages(stage.path("children"), seen);
        }
    }
}

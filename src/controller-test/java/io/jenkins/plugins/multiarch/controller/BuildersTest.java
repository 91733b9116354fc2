package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Repository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code buildMultiArch} with every builder, in scripted and in Declarative Pipelines, on an agent for each architecture. */
class BuildersTest {
    @TempDir
    private static Path home;

    @AutoClose
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.start(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildx", "docker", "buildah", "podman", "daemonless"})
    void aScriptedPipelineBuildsForBoth(String builder) throws Exception {
        TwoArchitectures.require(builder);
        Repository repository = all.newRepository();

        JenkinsClient.Build build = all.client()
                .run(
                        "scripted-" + builder,
                        TwoArchitectures.stash("source", dockerfile(builder))
                                + """
                        def image = buildMultiArch image: '%s', builder: '%s', source: 'stash:source', tags: ['1.0'],
                            %s
                        %s
                        """.formatted(
                                        repository, builder, TwoArchitectures.ARGUMENTS, TwoArchitectures.SAY_IMAGE));

        isBuilt(build.said("IMAGE"), repository, builder, "scripted-" + builder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildx", "docker", "buildah", "podman", "daemonless"})
    void aDeclarativePipelineBuildsForBoth(String builder) throws Exception {
        TwoArchitectures.require(builder);
        Repository repository = all.newRepository();

        JenkinsClient.Build build = all.client().run("declarative-" + builder, """
                        pipeline {
                          agent none
                          stages {
                            stage('Source') {
                              agent { label 'arch-amd64' }
                              steps {
                                deleteDir()
                                writeFile file: 'Dockerfile', text: '''%s'''
                                writeFile file: 'note', text: 'noted'
                                stash 'source'
                              }
                            }
                            stage('Image') {
                              steps {
                                script {
                                  def image = buildMultiArch image: '%s', builder: '%s', source: 'stash:source',
                                      tags: ['1.0'], %s
                                  %s
                                }
                              }
                            }
                          }
                        }
                        """.formatted(
                dockerfile(builder), repository, builder, TwoArchitectures.ARGUMENTS, TwoArchitectures.SAY_IMAGE));

        isBuilt(build.said("IMAGE"), repository, builder, "declarative-" + builder);
    }

    /** Our own builder runs nothing, so it has no RUN. */
    private static String dockerfile(String builder) {
        return "FROM " + all.base() + "\n"
                + (builder.equals("daemonless") ? "" : "RUN uname -m > /built-on\n")
                + "COPY note /note\n"
                + "CMD [\"/bin/sh\", \"-c\", \"cat /built-on /note 2> /dev/null; uname -m\"]\n";
    }

    private static void isBuilt(JsonNode image, Repository repository, String builder, String job) throws Exception {
        Published published = new Published(image.path("reference").asText());
        assertThat(published.reference()).startsWith(repository + "@sha256:");
        assertThat(published.platforms().keySet()).containsExactlyElementsOf(TwoArchitectures.PLATFORMS);
        assertThat(new Published(repository + ":1.0").platforms()).isEqualTo(published.platforms());
        JsonNode records =
                all.client().json("/job/" + job + "/1/multiarch/api/json").path("platforms");
        assertThat(records).hasSize(2);
        for (JsonNode platform : image.path("platforms")) {
            String name = platform.path("platform").asText();
            boolean emulated = !builder.equals("daemonless") && TwoArchitectures.isForeign(name);
            assertThat(platform.path("digest").asText())
                    .isEqualTo(published.platforms().get(name));
            assertThat(platform.path("agent").asText()).isEqualTo(name.replace("linux/", "arch-"));
            assertThat(platform.path("builder").asText()).startsWith(builder);
            assertThat(platform.path("emulated").asBoolean()).isEqualTo(emulated);
            assertThat(published.labels(name).getOrDefault("io.jenkins.multiarch.emulated", "false"))
                    .isEqualTo(String.valueOf(emulated));
            assertThat(published.run(name)).isEqualTo(said(builder, machine(name)));
            assertThat(all.client().status("/" + platform.path("log").asText())).contains(200);
            isRecorded(platform, List.of(records.get(0), records.get(1)));
        }
    }

    private static String machine(String platform) {
        return platform.equals("linux/amd64") ? "x86_64" : "aarch64";
    }

    private static String said(String builder, String machine) {
        return (builder.equals("daemonless") ? "" : machine + "\n") + "noted" + machine + "\n";
    }

    /** The build's own record of a platform says what its result says. */
    private static void isRecorded(JsonNode platform, List<JsonNode> records) {
        JsonNode recorded = records.stream()
                .filter(record -> record.path("platform").equals(platform.path("platform")))
                .findFirst()
                .orElseThrow();
        assertThat(recorded.path("state").asText()).isEqualTo("BUILT");
        for (String field : List.of("agent", "builder", "emulated", "digest", "seconds", "log")) {
            assertThat(recorded.path(field)).as(field).isEqualTo(platform.path(field));
        }
        assertThat(recorded.path("reproduce").asText()).startsWith("#!/bin/sh");
    }
}

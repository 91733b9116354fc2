package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Repository;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many images of one call of {@code buildMultiArch}, and one image of many calls. */
class VariantsTest {
    @TempDir
    private static Path home;

    @AutoClose
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.start(home);
    }

    @Test
    void variantsOfAFileAreBuiltThreeAtOnce() throws Exception {
        Repository repository = all.newRepository();
        String dockerfile =
                "FROM " + all.base() + "\nARG RUNTIME\nARG PYTHON\nLABEL is=$RUNTIME-$PYTHON\nCOPY note /\n";

        JenkinsClient.Build build = all.client()
                .run(
                        "variants",
                        TwoArchitectures.stash("source", dockerfile)
                                + """
                        def versions
                        node('arch-arm64') {
                          writeFile file: 'PYTHON_VERSIONS', text: '3.12\\n3.13\\n'
                          versions = readFile('PYTHON_VERSIONS').readLines()
                        }
                        def images = buildMultiArch image: '%s', builder: 'daemonless', source: 'stash:source',
                            variants: versions.collectMany { python ->
                              [[runtime: 'slim', python: python], [runtime: 'full', python: python]]
                            },
                            buildArgs: [RUNTIME: '{runtime}', PYTHON: '{python}'],
                            tags: ['{python}-{runtime}'],
                            atOnce: 3, %s
                        echo 'IMAGES ' + groovy.json.JsonOutput.toJson(
                            images.collectEntries { name, image -> [name, image.reference] })
                        """.formatted(repository, TwoArchitectures.ARGUMENTS));

        JsonNode images = build.said("IMAGES");
        assertThat(images.fieldNames())
                .toIterable()
                .containsExactly("slim-3.12", "full-3.12", "slim-3.13", "full-3.13");
        for (String name : new String[] {"slim-3.12", "full-3.12", "slim-3.13", "full-3.13"}) {
            String[] values = name.split("-");
            Published image = new Published(images.path(name).asText());
            for (String platform : TwoArchitectures.PLATFORMS) {
                assertThat(image.labels(platform)).containsEntry("is", name);
            }
            assertThat(new Published(repository + ":" + values[1] + "-" + values[0]).platforms())
                    .isEqualTo(image.platforms());
        }
        assertThat(all.client().read("/job/variants/1/multiarch/"))
                .contains("<code>" + repository + " slim-3.12</code>", "<code>" + repository + " full-3.13</code>");
    }

    @Test
    void cellsOfADeclarativeMatrixBecomeOneImage() throws Exception {
        Repository repository = all.newRepository();

        JenkinsClient.Build build = all.client().run("matrix", """
                        pipeline {
                          agent none
                          stages {
                            stage('Platforms') {
                              matrix {
                                agent { label "arch-${ARCH}" }
                                axes {
                                  axis {
                                    name 'ARCH'
                                    values 'amd64', 'arm64'
                                  }
                                }
                                stages {
                                  stage('Image') {
                                    steps {
                                      writeFile file: 'Dockerfile', text: '''%1$s'''
                                      script {
                                        def image = buildMultiArch image: '%2$s', platforms: ["linux/${ARCH}"],
                                            builder: 'buildah', %3$s
                                        writeFile file: "${ARCH}.txt", text: image.reference
                                        stash name: ARCH, includes: "${ARCH}.txt"
                                      }
                                    }
                                  }
                                }
                              }
                            }
                            stage('Index') {
                              agent { label 'arch-amd64' }
                              steps {
                                unstash 'amd64'
                                unstash 'arm64'
                                script {
                                  def image = publishIndex image: '%2$s', tags: ['1.0'], credentialsId: 'registry',
                                      images: [readFile('amd64.txt'), readFile('arm64.txt')],
                                      expectedPlatforms: ['linux/amd64', 'linux/arm64']
                                  echo 'IMAGE ' + groovy.json.JsonOutput.toJson([reference: image.reference])
                                }
                              }
                            }
                          }
                        }
                        """.formatted(
                        "FROM " + all.base() + "\nRUN uname -m > /arch\nCMD [\"cat\", \"/arch\"]\n",
                        repository,
                        TwoArchitectures.ARGUMENTS));

        Published image = new Published(build.said("IMAGE").path("reference").asText());
        assertThat(image.platforms().keySet()).containsExactlyElementsOf(TwoArchitectures.PLATFORMS);
        assertThat(image.run("linux/amd64")).isEqualTo("x86_64\n");
        assertThat(image.run("linux/arm64")).isEqualTo("aarch64\n");
    }
}

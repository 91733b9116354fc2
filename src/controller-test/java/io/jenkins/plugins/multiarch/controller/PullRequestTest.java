package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Builds of pull requests: nothing is written to a registry, and what they built is handed to other jobs as files. The job has
 * a parameter {@code CHANGE_ID}; a multibranch job of a forge would set the variable of that name.
 */
class PullRequestTest {
    private static final String CHANGE_ID = "CHANGE_ID";

    @TempDir
    private static Path home;

    @TempDir
    private static Path files;

    private static LoggedRegistry registry;
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        RealTools.require("docker-registry", "arm64");
        registry = LoggedRegistry.start(files);
        all = TwoArchitectures.start(home, registry.address());
    }

    @AfterAll
    static void stopTheController() throws Exception {
        try {
            if (all != null) {
                all.close();
            }
        } finally {
            if (registry != null) {
                registry.close();
            }
        }
    }

    @Test
    void nothingIsWrittenAndTheVeryDigestIsPromotedLater() throws Exception {
        Repository repository = all.newRepository();
        Repository cache = all.newRepository();
        List<String> before = registry.writes();

        JenkinsClient.Build change =
                run("change", """
                def image = buildMultiArch image: '%s', builder: 'buildah', source: 'stash:source', tags: ['1.0'],
                    outputs: ['registry', 'oci-archive:app'], cache: [reference: '%s'], %s
                %s
                """.formatted(repository, cache, TwoArchitectures.ARGUMENTS, TwoArchitectures.SAY_IMAGE));
        List<String> after = registry.writes();
        JenkinsClient.Build release = all.client().run("release", """
                def image
                node('arch-arm64') {
                  image = unstageImage name: 'app', from: 'change', image: '%s', credentialsId: 'registry'
                }
                promoteTag image: image.reference, tags: ['1.0', 'stable'], credentialsId: 'registry'
                echo 'IMAGE ' + groovy.json.JsonOutput.toJson([reference: image.reference])
                """.formatted(repository));

        JsonNode built = change.said("IMAGE");
        assertThat(after).isEqualTo(before);
        assertThat(built.path("reference").isNull()).isTrue();
        assertThat(built.path("tags")).isEmpty();
        assertThat(release.said("IMAGE").path("reference").asText())
                .isEqualTo(repository + "@" + built.path("digest").asText());
        Published published = new Published(repository + ":stable");
        for (JsonNode platform : built.path("platforms")) {
            assertThat(published.platforms())
                    .containsEntry(
                            platform.path("platform").asText(),
                            platform.path("digest").asText());
        }
        assertThat(published.run("linux/arm64")).isEqualTo("aarch64\n");
        assertThat(registry.requests(cache)).isNotEmpty().noneMatch(request -> request.startsWith("P"));
    }

    @Test
    void aJenkinsfileCannotDenyThatItIsOne() throws Exception {
        List<String> before = registry.writes();

        JenkinsClient.Build build = run(
                "denied", """
                withEnv(['CHANGE_ID=']) {
                  def image = buildMultiArch image: '%s', builder: 'buildah', source: 'stash:source', %s
                  %s
                }
                """.formatted(all.newRepository(), TwoArchitectures.ARGUMENTS, TwoArchitectures.SAY_IMAGE));

        assertThat(build.said("IMAGE").path("reference").isNull()).isTrue();
        assertThat(registry.writes()).isEqualTo(before);
    }

    @Test
    void toAskForItIsRefused() throws Exception {
        List<String> before = registry.writes();

        JenkinsClient.Build build = run(
                "refused",
                "buildMultiArch image: '%s', source: 'stash:source', publish: true, %s"
                        .formatted(all.newRepository(), TwoArchitectures.ARGUMENTS));

        assertThat(build.result()).isEqualTo("FAILURE");
        assertThat(build.log())
                .contains(
                        "ERROR: This build is of a pull request, and publish is true. Leave publish out: builds of pull"
                                + " requests publish nothing, all others do.")
                .doesNotContain("\tat ");
        assertThat(registry.writes()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "publishIndex, 'image: \"%1$s\", images: [\"%1$s@sha256:%2$s\"]'",
        "promoteTag, 'image: \"%1$s@sha256:%2$s\", tags: [\"1.0\"]'",
        "attest, 'image: \"%1$s@sha256:%2$s\", keyCredentialsId: \"release-key\"'"
    })
    void noOtherStepWritesEither(String step, String arguments) throws Exception {
        List<String> before = registry.writes();

        JenkinsClient.Build build =
                run("other-" + step, step + " " + arguments.formatted(all.newRepository(), "0".repeat(64)));

        assertThat(build.result()).isEqualTo("FAILURE");
        assertThat(build.log())
                .contains("ERROR: This build is of a pull request, and " + step + " writes to a registry. Call it in"
                        + " builds of branches and tags alone, as in if (!env.CHANGE_ID) { … }.")
                .doesNotContain("\tat ");
        assertThat(registry.writes()).isEqualTo(before);
    }

    private static JenkinsClient.Build run(String job, String script) throws Exception {
        String dockerfile = "FROM " + all.base() + "\nRUN uname -m > /arch\nCMD [\"cat\", \"/arch\"]\n";
        all.client()
                .begin(
                        job,
                        PipelineJob.of(TwoArchitectures.stash("source", dockerfile)
                                        + "withEnv(['CONTAINERS_REGISTRIES_CONF=" + registry.registriesConf() + "']) { "
                                        + script + " }")
                                .with(CHANGE_ID, "7"));
        return all.client().end(job);
    }
}

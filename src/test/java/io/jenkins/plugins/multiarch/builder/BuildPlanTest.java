package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildPlanTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void survivesTheWayThroughJson() {
        BuildPlan plan = new SamplePlan("linux/arm/v7")
                .set("name", "py3.12")
                .set("context", "app")
                .set("dockerfile", "docker/Dockerfile")
                .set("target", "run time")
                .put("buildArgs", "B", "x\n\"y\"")
                .put("buildArgs", "A", "")
                .secret("token", "TOKEN", false)
                .secret("key", "KEY_FILE", true)
                .put("contexts", "more", "docker-image://ghcr.io/acme/more:1")
                .put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST)
                .put("prebuilt", "linux/arm/v7", "out")
                .put("labels", "team", "blue")
                .put("annotations", "note", "1")
                .set("network", "host")
                .cache("ghcr.io/acme/cache:main", "max", true, false)
                .set("fresh", true)
                .set("builder", "buildah")
                .set("emulate", true)
                .set("sourceDateEpoch", 12345678901L)
                .login("ghcr.io", "USER", "PASSWORD")
                .plan();

        BuildPlan again = BuildPlan.parse(plan.toJson());

        assertThat(again).isEqualTo(plan);
        assertThat(again.toJson()).isEqualTo(plan.toJson());
        assertThat(again.builder()).contains(BuilderKind.BUILDAH);
        assertThat(again.sourceDateEpoch()).isEqualTo(OptionalLong.of(12345678901L));
    }

    @Test
    void findsTheDockerfileInTheContextUnlessItIsSaid() {
        assertThat(new SamplePlan("linux/amd64").plan().dockerfilePath()).isEqualTo("Dockerfile");
        assertThat(new SamplePlan("linux/amd64").set("context", "a").plan().dockerfilePath())
                .isEqualTo("a/Dockerfile");
        assertThat(new SamplePlan("linux/amd64").set("dockerfile", "b").plan().dockerfilePath())
                .isEqualTo("b");
    }

    @Test
    void givesEachVariantAndPlatformACacheOfItsOwn() {
        Cache plain = new Cache("ghcr.io/acme/cache", "min", true, true);
        Cache begun = new Cache("ghcr.io/acme/cache:main", "min", true, true);

        assertThat(plain.reference("", Platform.parse("linux/arm64"))).hasToString("ghcr.io/acme/cache:linux-arm64");
        assertThat(begun.reference("py3.12", Platform.parse("linux/arm/v6")))
                .hasToString("ghcr.io/acme/cache:main-py3.12-linux-arm-v6");
    }

    @Test
    void refusesWhatIsNoPlan() {
        refuses(
                "{}",
                "The build plan cannot be used: its version is not there, we know 1. Let the plugin or the command line of"
                        + " the same version make it.");
        refuses(
                "{\"version\":1,\"platform\":7}",
                "The build plan cannot be used: it has something else where a text belongs. Let the plugin or the command"
                        + " line of the same version make it.");
        refuses(
                "{\"version\":1,\"platform\":\"linux/amd64\",\"sourceDateEpoch\":\"x\"}",
                "The build plan cannot be used: its sourceDateEpoch is no number of seconds. Let the plugin or the command"
                        + " line of the same version make it.");
    }

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> BuildPlan.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            name|a/b|'a/b' cannot name a variant. Write at most 80 letters, digits, '_', '.' or '-', beginning with a letter or digit.
            network|-x|'-x' is not a network. Write none, host or default, or leave it out.
            builder|make|'make' is not a builder. Write auto, buildx, docker, buildah, podman or daemonless.
            """)
    void refusesOddValues(String field, String value, String message) {
        SamplePlan plan = new SamplePlan("linux/amd64").set(field, value);

        assertThatThrownBy(plan::plan).isInstanceOf(ReleaseException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            buildArgs|--x|'--x' cannot name a build argument. Write a name without blanks and '=', not beginning with '-'.
            labels|a b|'a b' cannot name a label. Write a name without blanks and '=', not beginning with '-'.
            annotations|a=b|'a=b' cannot name an annotation. Write a name without blanks and '=', not beginning with '-'.
            contexts|-|'-' cannot name a build context. Write a name without blanks and '=', not beginning with '-'.
            """)
    void refusesOddNames(String field, String key, String message) {
        SamplePlan plan = new SamplePlan("linux/amd64").put(field, key, "x");

        assertThatThrownBy(plan::plan).isInstanceOf(ReleaseException.class).hasMessage(message);
    }

    @Test
    void refusesOddSecretsLoginsAndCaches() {
        SamplePlan plan = new SamplePlan("linux/amd64");

        assertThatThrownBy(plan.secret("a,b", "X", false)::plan)
                .hasMessage("'a,b' cannot be the id of a secret. Write letters, digits, '_', '.' or '-', as in RUN"
                        + " --mount=type=secret,id=….");
        assertThatThrownBy(() -> new Secret("A-B", false))
                .hasMessage(
                        "'A-B' is not a name of an environment variable. Write letters, digits and '_', not beginning"
                                + " with a digit.");
        assertThatThrownBy(() -> new Login("ghcr.io/acme", "U", "P"))
                .hasMessageStartingWith("'ghcr.io/acme/any' is not a repository");
        assertThatThrownBy(() -> new Cache("ghcr.io/a/b", "all", true, true))
                .hasMessage(
                        "'all' is not a mode of a cache. Write min, for the layers of the result, or max, for those of"
                                + " all stages.");
        assertThatThrownBy(() -> new Cache("ghcr.io/a/b@" + DIGEST, "max", true, true))
                .hasMessage(
                        "The cache 'ghcr.io/a/b@" + DIGEST + "' names a digest, which cannot be written again. Name a"
                                + " repository, as in ghcr.io/acme/app-cache.");
    }

    @Test
    void refusesANameForTwoThings() {
        SamplePlan twice =
                new SamplePlan("linux/amd64").put("contexts", "artifacts", "x").put("prebuilt", "linux/amd64", "y");

        assertThatThrownBy(twice::plan)
                .hasMessage("The name 'artifacts' stands for two things in this build. Give it once: as a context, as a"
                        + " base image, or by prebuilt programs, which are called artifacts.");
    }

    @Test
    void refusesABaseImageWithoutADigest() {
        SamplePlan plan = new SamplePlan("linux/amd64").put("baseImages", "base", "ghcr.io/acme/base:1");

        assertThatThrownBy(plan::plan).hasMessageStartingWith("'ghcr.io/acme/base:1' has no digest");
    }
}

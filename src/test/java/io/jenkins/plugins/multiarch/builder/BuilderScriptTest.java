package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts, whole, in {@code scripts/NAME.sh} of the test resources. */
class BuilderScriptTest {
    private static final String FOLDER = "/srv/the agent's/work@tmp/1";
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static SamplePlan everything() {
        return new SamplePlan("linux/arm64")
                .set("name", "py3.12")
                .set("context", "-app")
                .set("dockerfile", "docker/Docker file")
                .set("target", "run")
                .put("buildArgs", "ODD", "it's \"$HOME\" `id`\n-x")
                .secret("key.json", "KEY_FILE", true)
                .secret("token", "TOKEN", false)
                .put("contexts", "more", "-more")
                .put("contexts", "tools", "docker-image://ghcr.io/acme/tools:1")
                .put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST)
                .put("prebuilt", "linux/arm64", "out")
                .put("labels", "team", "blue & green")
                .put("annotations", "note", "1 2")
                .set("network", "none")
                .cache("ghcr.io/acme/cache", "max", true, true)
                .set("sourceDateEpoch", 1767225600L)
                .login("ghcr.io", "USER_1", "PASSWORD_1");
    }

    private static ChosenBuilder chosen(BuilderKind kind, boolean emulated, Feature... features) {
        return new ChosenBuilder(kind, "1.2.3", "It was asked for.", emulated, Set.copyOf(Arrays.asList(features)));
    }

    private static ChosenBuilder able(BuilderKind kind) {
        return chosen(kind, true, EnumSet.allOf(Feature.class).toArray(Feature[]::new));
    }

    /** With {@code -Ddocs.update=true} it is written; read the difference before it is committed. */
    private static void isGolden(String name, String script) throws IOException {
        Path file = Path.of("src/test/resources/io/jenkins/plugins/multiarch/builder/scripts", name + ".sh");
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, script);
        }
        assertThat(script).isEqualTo(Files.readString(file));
    }

    @Test
    void buildsByBuildxWithAllThatItCan() throws IOException {
        isGolden("buildx", BuilderScript.of(everything().plan(), able(BuilderKind.BUILDX), FOLDER));
    }

    @Test
    void buildsThroughTheStoreOfAnOldDaemon() throws IOException {
        ChosenBuilder old = chosen(BuilderKind.BUILDX, false, Feature.METADATA, Feature.CACHE_READ);

        isGolden("buildx-old-daemon", BuilderScript.of(everything().plan(), old, FOLDER));
    }

    @Test
    void buildsByDockerAlone() throws IOException {
        isGolden(
                "docker",
                BuilderScript.of(everything().set("fresh", true).plan(), chosen(BuilderKind.DOCKER, false), FOLDER));
    }

    @Test
    void buildsByBuildah() throws IOException {
        isGolden("buildah", BuilderScript.of(everything().plan(), able(BuilderKind.BUILDAH), FOLDER));
    }

    @Test
    void buildsByAnOldPodman() throws IOException {
        BuildPlan plan = new SamplePlan("linux/amd64")
                .set("fresh", true)
                .put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST)
                .cache("ghcr.io/acme/cache", "max", true, true)
                .login("docker.io", "USER_1", "PASSWORD_1")
                .plan();

        isGolden("podman-old", BuilderScript.of(plan, chosen(BuilderKind.PODMAN, false, Feature.OCI_OUTPUT), FOLDER));
    }

    @Test
    void saysLittleWhereLittleIsAsked() throws IOException {
        BuildPlan plan = new SamplePlan("linux/amd64").plan();
        ChosenBuilder chosen = chosen(BuilderKind.BUILDX, false, Feature.OCI_OUTPUT, Feature.NAMED_CONTEXTS);

        isGolden("buildx-plain", BuilderScript.of(plan, chosen, "/builds/b"));
    }

    @Test
    void needsNoneForTheDaemonlessBuilder() {
        assertThat(BuilderScript.of(everything().plan(), able(BuilderKind.DAEMONLESS), FOLDER))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void neverReadsNorPrunesACacheWhereItShallBuildFresh(BuilderKind kind) {
        String script = BuilderScript.of(everything().set("fresh", true).plan(), able(kind), FOLDER);

        assertThat(script).doesNotContain("--cache-from").doesNotContain("prune");
    }

    @Test
    void reproducesByBuildx() throws IOException {
        isGolden(
                "reproduce-buildx",
                ReproduceScript.of(
                        everything().plan(),
                        chosen(BuilderKind.DOCKER, false),
                        "https://example.org/acme/app.git",
                        "0123abc",
                        Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:t0ken@git.example/app.git, https://git.example/app.git",
        "https://t0ken@git.example/app.git, https://git.example/app.git",
        "HTTPS://user:a@b^%t0ken@git.example/app.git, HTTPS://git.example/app.git",
        "https://git.example/@scope/app.git, https://git.example/@scope/app.git",
        "ssh://git@git.example/app.git, ssh://git@git.example/app.git",
        "ssh://git:t0ken@git.example:22/app.git, ssh://git@git.example:22/app.git",
        "git@git.example:acme/app.git, git@git.example:acme/app.git",
        "/srv/git/app.git, /srv/git/app.git"
    })
    void reproducesWithoutTheLoginInTheAddressOfTheSource(String url, String shown) {
        String script = ReproduceScript.of(
                new SamplePlan("linux/amd64").plan(), able(BuilderKind.BUILDX), url, "0123abc", Map.of());

        assertThat(script).contains("\ngit clone " + shown + " source\n").doesNotContain("t0ken");
    }

    @Test
    void reproducesByBuildah() throws IOException {
        isGolden(
                "reproduce-buildah",
                ReproduceScript.of(everything().plan(), able(BuilderKind.BUILDAH), "", "", Map.of()));
    }

    @Test
    void reproducesByTheDaemonlessBuilder() throws IOException {
        BuildPlan plan = new SamplePlan("linux/arm64")
                .set("context", "app")
                .put("buildArgs", "A", "1")
                .put("prebuilt", "aarch64-unknown-linux-musl", "out/arm")
                .set("sourceDateEpoch", 5)
                .plan();

        isGolden(
                "reproduce-daemonless",
                ReproduceScript.of(
                        plan,
                        new ChosenBuilder(BuilderKind.DAEMONLESS, "", "It was asked for.", false, Set.of()),
                        "https://example.org/acme/app.git",
                        "0123abc",
                        Map.of("alpine:3", ImageRef.parse("alpine@" + DIGEST))));
    }
}

package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the configuration of an image. */
class BuiltConfigurationTest {
    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        sample = SampleBuild.withFiles(folder);
    }

    @Test
    void knowsTheArgumentsOfTheStageItBeginsWith() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(
                "FROM scratch AS base",
                "ARG VERSION=1.4",
                "ARG PATH=/arg",
                "FROM base",
                "LABEL version=$VERSION path=$PATH")) {
            assertThat(images.images().get(0).config().json().path("config").path("Labels"))
                    .hasToString("{\"path\":\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                            + "\"version\":\"1.4\"}");
        }
    }

    @Test
    void givesABaseWithoutAPathTheUsualOne() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/pathless:1", "{\"Env\":[\"A=1\"]}");

        try (BuiltImages images = sample.build("FROM ghcr.io/base/pathless:1")) {
            assertThat(images.images().get(0).config().json().path("config").path("Env"))
                    .hasToString("[\"A=1\",\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"]");
        }
    }

    @Test
    void leavesThePathOfWindowsToWindows() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(onWindows("CMD [\"app.exe\"]"))) {
            assertThat(images.images().get(0).config().json().path("config"))
                    .hasToString("{\"ArgsEscaped\":true,\"Cmd\":[\"app.exe\"],\"WorkingDir\":\"/\"}");
        }
    }

    @Test
    void refusesTheShellFormForWindows() throws IOException {
        BuildRequest request = onWindows("CMD app.exe");

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage(
                        "Dockerfile line 2: the shell form of CMD for Windows without SHELL is beyond the daemonless"
                                + " builder. Use the builder buildx or buildah.");
    }

    private BuildRequest onWindows(String instruction) throws IOException {
        BuildRequest request = sample.request("FROM scratch", instruction);
        return BuildRequest.of(request.context(), Platform.parseAll(List.of("windows/amd64")))
                .withDockerfile(request.dockerfile());
    }

    @Test
    void writesTheConfiguration() throws IOException, InterruptedException {
        try (BuiltImages images = sample.build(
                "ARG V=1.4",
                "FROM scratch AS first",
                "ARG V",
                "ARG TARGETPLATFORM",
                "ENV P=$TARGETPLATFORM V=${V:-none}",
                "FROM first",
                "LABEL v=$V",
                "EXPOSE 80 8000-8001/udp",
                "VOLUME [\"/data\"]",
                "USER 7:8",
                "WORKDIR /w",
                "HEALTHCHECK --interval=1m30s --retries=2 CMD check",
                "STOPSIGNAL SIGINT",
                "SHELL [\"/bin/ash\", \"-c\"]",
                "CMD serve",
                "ENTRYPOINT [\"/init\"]",
                "ONBUILD COPY . /")) {
            ImageConfig config = images.images().get(0).config();

            assertThat(config.json().path("config"))
                    .hasToString(
                            "{\"ArgsEscaped\":true,\"Cmd\":[\"/bin/ash\",\"-c\",\"serve\"],\"Entrypoint\":[\"/init\"],"
                                    + "\"Env\":[\"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\","
                                    + "\"P=linux/amd64\",\"V=1.4\"],\"ExposedPorts\":{\"80/tcp\":{},\"8000/udp\":{},"
                                    + "\"8001/udp\":{}},\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"check\"],"
                                    + "\"Interval\":90000000000,\"Retries\":2},\"Labels\":{\"v\":\"1.4\"},"
                                    + "\"OnBuild\":[\"COPY . /\"],\"Shell\":[\"/bin/ash\",\"-c\"],\"StopSignal\":\"SIGINT\","
                                    + "\"User\":\"7:8\",\"Volumes\":{\"/data\":{}},\"WorkingDir\":\"/w\"}");
            assertThat(config.history().get(0)).isEqualTo(new ImageConfig.History("ARG V=1.4", true));
            assertThat(config.history())
                    .contains(new ImageConfig.History("WORKDIR /w", false))
                    .hasSize(14);
        }
    }

    @Test
    void carriesOutWhatTheBaseAsksFor() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/onbuild:1", "{\"OnBuild\":[\"COPY one.txt /app/\",\"ENV A=1\"]}");

        try (BuiltImages images = sample.build("FROM ghcr.io/base/onbuild:1")) {
            assertThat(SampleBuild.files(images.images().get(0), 1)).containsKey("app/one.txt");
            assertThat(images.images().get(0).config().json().path("config").has("OnBuild"))
                    .isFalse();
        }
    }

    @Test
    void addsLabelsAnnotationsAndTheTime() throws IOException, InterruptedException {
        BuildRequest request = sample.request("FROM scratch", "LABEL a=old", "COPY one.txt /")
                .withLabels(Map.of("a", "new"))
                .withAnnotations(Map.of("org.opencontainers.image.version", "1.4"))
                .withCreated(Instant.ofEpochSecond(1_700_000_000));

        try (BuiltImages images = sample.build(request)) {
            BuiltImage image = images.images().get(0);

            assertThat(image.config().json().path("config").path("Labels")).hasToString("{\"a\":\"new\"}");
            assertThat(image.config().json().path("created").asText()).isEqualTo("2023-11-14T22:13:20Z");
            assertThat(image.manifest().annotations()).containsEntry("org.opencontainers.image.version", "1.4");
        }
    }
}

package io.jenkins.plugins.multiarch.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartPushTest {
    @TempDir
    private Path folder;

    private FakeRegistry fake;
    private Registry registry;
    private Repository charts;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void start() {
        fake = FakeRegistry.start();
        registry = HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        charts = fake.repository("acme/charts/app");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private PushedArtifact push(Path chart, String version) throws IOException, InterruptedException {
        return new ArtifactPush(registry, log::add).push(new ChartRequest(charts, chart, version, true));
    }

    private Path chart() throws IOException {
        return SampleChart.packed(
                folder.resolve("app-1.4.2.tgz"),
                "app/Chart.yaml",
                SampleChart.YAML,
                "app/charts/redis/Chart.yaml",
                "name: redis\nversion: 18.0.0\n");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ChartPushTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void pushesAChartAsHelmReadsIt() throws Exception {
        Path chart = chart();

        PushedArtifact pushed = push(chart, "v1.4.2+build.7");

        ImageManifest manifest =
                (ImageManifest) registry.find(charts, new Tag("1.4.2_build.7")).orElseThrow();
        String content = pushed.files().get("app-1.4.2+build.7.tgz").digest().toString();
        assertThat(new String(manifest.bytes(), StandardCharsets.UTF_8)
                        .replace(content + "\",\"size\":" + Files.size(chart), "CHART\",\"size\":0"))
                .isEqualTo(golden("chart-manifest.json"));
        try (InputStream config = registry.open(charts, manifest.config())) {
            assertThat(new String(config.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(golden("chart-config.json"));
        }
        try (InputStream stored = registry.open(charts, manifest.layers().get(0))) {
            assertThat(stored.readAllBytes()).isEqualTo(Files.readAllBytes(chart));
        }
        assertThat(pushed.tags()).containsExactly(new Tag("1.4.2_build.7"));
        assertThat(log)
                .containsExactly(
                        "Pushed " + charts + "@" + manifest.digest() + ".",
                        "Added " + charts + ":1.4.2_build.7 at " + manifest.digest() + ".");
    }

    @Test
    void pushesTheSameOnlyOnce() throws Exception {
        Path chart = chart();
        PushedArtifact first = push(chart, "");
        log.clear();

        PushedArtifact second = push(chart, "");

        assertThat(second.reference()).isEqualTo(first.reference());
        assertThat(log)
                .containsExactly("Kept " + charts + ":1.4.2_build.7: already at "
                        + first.reference().reference() + ".");
    }

    @Test
    void refusesAnotherVersionThanIsReleased() throws Exception {
        Path chart = chart();

        assertThatThrownBy(() -> push(chart, "1.4.3"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The chart has the version 1.4.2+build.7, and 1.4.3 is to be released."
                        + " Set version in Chart.yaml and pack the chart again.");
        assertThat(fake.storageRequests()).isEmpty();
    }

    @Test
    void refusesARepositoryWhereHelmWouldNotFindIt() throws Exception {
        Path chart = chart();
        charts = fake.repository("acme/charts");

        assertThatThrownBy(() -> push(chart, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The chart is called 'app', and Helm would not find it in " + charts
                        + ". Push it to a repository that ends in /app.");
    }

    @Test
    void refusesAnotherChartOfTheSameVersionBeforeItSendsAny() throws Exception {
        PushedArtifact first = push(chart(), "");
        Path other = SampleChart.packed(
                folder.resolve("other.tgz"), "app/Chart.yaml", SampleChart.YAML, "app/values.yaml", "other: true");
        fake.clearRequests();

        assertThatThrownBy(() -> push(other, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The tag " + charts + ":1.4.2_build.7 leads to another artifact already, "
                        + first.reference().reference() + ". Push under a new version, or allow tags to be moved.");
        assertThat(fake.storageRequests())
                .noneMatch(request -> !request.method().equals("HEAD"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: app                          | its version is '', which is no semantic version",
                "{name: app, version: 1.4}          | its version is '1.4', which is no semantic version",
                "{name: ../app, version: 1.4.2}     | its name is '../app'",
                "{version: 1.4.2}                   | its name is ''",
            })
    void refusesWhatHelmWouldNotTake(String yaml, String why) throws Exception {
        Path chart = SampleChart.packed(folder.resolve("app.tgz"), "app/Chart.yaml", yaml);

        assertThatThrownBy(() -> push(chart, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The chart 'app.tgz' cannot be pushed: " + why
                        + ". Pack it by helm package, which checks the same.");
    }

    @Test
    void refusesAChartWithoutOneChartYaml() throws Exception {
        Path none = SampleChart.packed(folder.resolve("none.tgz"), "Chart.yaml", "name: app", "a/b/Chart.yaml", "");
        Path two = SampleChart.packed(
                folder.resolve("two.tgz"), "app/Chart.yaml", "name: app", "other/Chart.yaml", "name: other");

        assertThatThrownBy(() -> push(none, "")).hasMessageContaining("cannot be pushed: it has no Chart.yaml.");
        assertThatThrownBy(() -> push(two, "")).hasMessageContaining("cannot be pushed: it has two files Chart.yaml.");
        assertThatThrownBy(() -> push(folder, "")).hasMessageContaining("cannot be pushed: it is not a file.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[", "name: a\\nname: b", "name: &a app\\nversion: *a", "- name"})
    void refusesYamlThatCouldBeReadInTwoWays(String yaml) throws Exception {
        Path chart = SampleChart.packed(folder.resolve("app.tgz"), "app/Chart.yaml", yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> push(chart, ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The chart 'app.tgz' has a Chart.yaml that cannot be read."
                        + " Correct it; it may be broken, have a name twice, or use aliases.");
    }
}

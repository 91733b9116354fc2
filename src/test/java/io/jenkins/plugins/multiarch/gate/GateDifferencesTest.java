package io.jenkins.plugins.multiarch.gate;

import static io.jenkins.plugins.multiarch.gate.GateTrial.at;
import static io.jenkins.plugins.multiarch.gate.GateTrial.digest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of an image that is not the one recorded, and what the likely cause is. */
class GateDifferencesTest {
    private final GateTrial trial = GateTrial.start();

    @Test
    void namesBothDigestsTheLayerItsLineAndTheLikelyCause() throws Exception {
        Manifest tested = trial.images().image("linux/amd64", "base", "app");
        Manifest again = trial.images().image(withHistory("app, later", "COPY app /"), "base", "app, later");
        GateRecord record = trial.gate().record(at(tested), GateMode.MANIFEST, List.of());

        GateVerdict verdict = trial.gate().verify(at(again), record);

        assertThat(verdict.refusal())
                .hasMessage("a.example/acme/app@" + again.digest()
                        + " is not the image that was tested, a.example/acme/app@" + tested.digest()
                        + ": its manifest digest is " + again.digest() + " instead of " + tested.digest() + ".\n"
                        + "- linux/amd64: layer 2 of 2 is the first that differs: " + digest("app, later")
                        + " instead of " + digest("app") + ", made by 'COPY app /'\n"
                        + "Likely cause: a step ran again instead of coming from the cache, and gave other files or other"
                        + " times. Build from the cache of the tested build, and set SOURCE_DATE_EPOCH so that times do"
                        + " not differ.");
    }

    private static ObjectNode withHistory(String layer, String line) {
        ObjectNode config = SampleImages.config("linux/amd64", "base", layer);
        ((ObjectNode) config.path("history").path(1)).put("created_by", line);
        return config;
    }

    @Test
    void tellsAnotherLineFromAStepThatRanAgain() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.ROOTFS,
                trial.images().image("linux/amd64", "base", "a"),
                trial.images().image("linux/amd64", "base", "b"));

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "layer 2 of 2 is the first that differs: " + digest("b") + " instead of " + digest("a")
                                + ", made by 'COPY b /' instead of 'COPY a /'"));
        assertThat(verdict.causes()).containsExactly(Cause.OTHER_STEP);
    }

    @Test
    void suspectsTheBaseWhereTheFirstLayerDiffers() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.CONFIG,
                trial.images().image("linux/amd64", "old", "app"),
                trial.images().image("linux/amd64", "new", "app"));

        assertThat(verdict.causes()).containsExactly(Cause.BASE_MOVED);
    }

    @Test
    void suspectsTheBaseWhereALabelSaysSo() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.CONFIG,
                trial.image(config -> config.putObject("config")
                        .putObject("Labels")
                        .put("org.opencontainers.image.base.digest", "a")),
                trial.image(config -> config.putObject("config")
                        .putObject("Labels")
                        .put("org.opencontainers.image.base.digest", "b")));

        assertThat(verdict.causes()).contains(Cause.BASE_MOVED);
    }

    @Test
    void tellsThatALayerIsMissing() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.ROOTFS,
                trial.images().image("linux/amd64", "base", "a"),
                trial.images().image("linux/amd64", "base"));

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "layer 2 of 2 is the first that differs: none instead of " + digest("a")
                                + ", recorded as made by 'COPY a /'"));
    }

    @Test
    void explainsEverySettingByItsNameInADockerfile() throws Exception {
        Manifest tested = trial.image(json -> {
            json.put("created", "2026-01-01T00:00:00Z");
            ObjectNode config = json.putObject("config");
            config.putArray("Env").add("PATH=/bin").add("MODE=fast").add("OLD=1");
            config.putArray("Entrypoint").add("/app");
            config.put("User", "1000");
            config.putObject("Labels").put("version", "1.4");
            config.putObject("ExposedPorts").putObject("80/tcp");
        });
        Manifest rebuilt = trial.image(json -> {
            json.put("created", "2026-02-02T00:00:00Z");
            ObjectNode config = json.putObject("config");
            config.putArray("Env").add("PATH=/bin").add("MODE=slow");
            config.putArray("Entrypoint").add("/app").add("-v");
            config.putArray("Cmd").add("serve");
            config.putObject("Labels").put("version", "1.5").put("new", "label");
            config.putObject("ExposedPorts").putObject("443/tcp");
            config.putNull("OnBuild");
        });

        GateVerdict verdict = trial.compared(GateMode.CONFIG, tested, rebuilt);

        assertThat(verdict.differences())
                .extracting(Difference::text)
                .containsExactly(
                        "CMD is new: '[\"serve\"]'",
                        "ENTRYPOINT is '[\"/app\",\"-v\"]' instead of '[\"/app\"]'",
                        "ENV MODE is 'slow' instead of 'fast'",
                        "ENV OLD is gone, it was '1'",
                        "EXPOSE 443/tcp is new",
                        "EXPOSE 80/tcp is gone",
                        "LABEL new is new: 'label'",
                        "LABEL version is '1.5' instead of '1.4'",
                        "USER is gone, it was '1000'",
                        "created is '2026-02-02T00:00:00Z' instead of '2026-01-01T00:00:00Z'");
        assertThat(verdict.causes()).containsExactly(Cause.SETTINGS);
    }

    @Test
    void tellsApartLongValuesThatBeginAlike() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.CONFIG,
                trial.image(json -> json.put("author", "x".repeat(300) + "\n1")),
                trial.image(json -> json.put("author", "x".repeat(300) + "\n2")));

        assertThat(verdict.differences().get(0).text())
                .isEqualTo("author is '" + "x".repeat(200) + "… (302 characters, "
                        + digest("x".repeat(300) + "\n2").abbreviated() + "…)' instead of '" + "x".repeat(200)
                        + "… (302 characters, "
                        + digest("x".repeat(300) + "\n1").abbreviated() + "…)'");
    }

    @Test
    void seesThatOnlyTheTimeOfTheBuildDiffers() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.CONFIG,
                trial.image(json -> json.put("created", "2026-01-01T00:00:00Z")),
                trial.image(json -> json.put("created", "2026-02-02T00:00:00Z")));

        assertThat(verdict.causes()).containsExactly(Cause.TIMES);
    }

    @Test
    void seesThatOnlyTheHistoryDiffers() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.CONFIG,
                trial.image(json -> ((ObjectNode) json.path("history").path(0)).put("created", "2026-01-01T00:00:00Z")),
                trial.image(
                        json -> ((ObjectNode) json.path("history").path(0)).put("created", "2026-02-02T00:00:00Z")));

        assertThat(verdict.differences())
                .containsExactly(new Difference("linux/amd64", "the configuration differs only in its history"));
        assertThat(verdict.causes()).containsExactly(Cause.TIMES);
    }

    @Test
    void doesNotSeeSettingsByModeRootfs() throws Exception {
        GateVerdict verdict = trial.compared(
                GateMode.ROOTFS,
                trial.image(json -> json.putObject("config").put("User", "root")),
                trial.image(json -> json.putObject("config").put("User", "1000")));

        assertThat(verdict.isPassed()).isTrue();
    }

    @Test
    void seesThatOnlyTheCompressionDiffers() throws Exception {
        ImageManifest tested = trial.images().image("linux/amd64", "x");
        Descriptor recompressed = trial.images().blob(MediaTypes.OCI_LAYER_GZIP, new byte[] {31, -117});
        Manifest pushedAgain = trial.images().put(ImageManifest.of(tested.config(), List.of(recompressed), Map.of()));

        GateVerdict verdict = trial.compared(GateMode.MANIFEST, tested, pushedAgain);

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "configuration and files are the same, layer 1 is the first that is compressed otherwise: "
                                + recompressed.digest() + " instead of " + digest("x")));
        assertThat(verdict.causes()).containsExactly(Cause.STORED_OTHERWISE);
        assertThat(trial.compared(GateMode.CONFIG, tested, pushedAgain).isPassed())
                .isTrue();
    }

    @Test
    void seesThatOnlyTheManifestDiffers() throws Exception {
        ImageManifest tested = trial.images().image("linux/amd64", "x");
        Manifest annotated = trial.images().put(ImageManifest.of(tested.config(), tested.layers(), Map.of("a", "b")));

        GateVerdict verdict = trial.compared(GateMode.MANIFEST, tested, annotated);

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64", "configuration and layers are the same, the manifest names them otherwise"));
    }

    @Test
    void seesThatOnlyTheAttestationsDiffer() throws Exception {
        ImageManifest image = trial.images().image("linux/amd64", "x");
        Manifest tested =
                trial.images().index(List.of(image.descriptor(), trial.images().attestation(image, false)));
        Manifest rebuilt =
                trial.images().index(List.of(image.descriptor(), trial.images().attestation(image, true)));

        GateVerdict verdict = trial.compared(GateMode.MANIFEST, tested, rebuilt);

        assertThat(verdict.differences())
                .containsExactly(new Difference("", "the image of every platform is the same, their index is another"));
        assertThat(verdict.causes()).containsExactly(Cause.INDEX_ONLY);
        assertThat(trial.compared(GateMode.CONFIG, tested, rebuilt).isPassed()).isTrue();
    }

    @Test
    void refusesAPlatformMoreOrLess() throws Exception {
        Manifest tested = trial.images()
                .index(trial.images().image("linux/amd64", "x"), trial.images().image("linux/arm64", "x"));
        Manifest rebuilt = trial.images()
                .index(trial.images().image("linux/amd64", "x"), trial.images().image("linux/s390x", "x"));

        GateVerdict verdict = trial.compared(GateMode.ROOTFS, tested, rebuilt);

        assertThat(verdict.refusal())
                .hasMessage("a.example/acme/app@" + rebuilt.digest()
                        + " is not the image that was tested, a.example/acme/app@" + tested.digest()
                        + ": the platforms are others.\n- linux/arm64: is missing\n- linux/s390x: was not recorded\n"
                        + "Likely cause: not the same platforms were built. Record and publish the same set of platforms;"
                        + " build the missing one or drop it in both places.");
    }

    @Test
    void namesThePlatformThatDiffers() throws Exception {
        Manifest tested = trial.images()
                .index(trial.images().image("linux/amd64", "x"), trial.images().image("linux/arm64", "b", "a"));
        Manifest rebuilt = trial.images()
                .index(trial.images().image("linux/amd64", "x"), trial.images().image("linux/arm64", "b", "c"));

        GateVerdict verdict = trial.compared(GateMode.ROOTFS, tested, rebuilt);

        assertThat(verdict.differences()).extracting(Difference::platform).containsExactly("linux/arm64");
        assertThat(verdict.refusal().fact())
                .contains(": its rootfs fingerprint is "
                        + digest("[\"" + digest("b") + "\",\"" + digest("c") + "\"]\n") + " instead of "
                        + digest("[\"" + digest("b") + "\",\"" + digest("a") + "\"]\n") + ".");
    }

    @Test
    void countsTheDifferencesItDoesNotShow() throws Exception {
        GateVerdict verdict = trial.compared(GateMode.CONFIG, trial.image(json -> {}), trial.image(json -> {
            ArrayNode env = json.putObject("config").putArray("Env");
            for (int i = 0; i < 25; i++) {
                env.add("V" + i + "=" + i);
            }
        }));

        assertThat(verdict.differences()).hasSize(25);
        assertThat(verdict.refusal().fact()).contains("\n- and 5 more\nLikely cause: ");
    }
}

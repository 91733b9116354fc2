package io.jenkins.plugins.multiarch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final List<String> log = new ArrayList<>();
    private final Gate gate = new Gate(registry, log::add);

    @Test
    void recordsAnIndexWithAllItsPlatforms() throws Exception {
        ImageManifest amd = images.image("linux/amd64", "base", "amd");
        ImageManifest arm = images.image("linux/arm64", "base", "arm");
        Manifest index = images.index(List.of(amd.descriptor(), arm.descriptor(), images.attestation(amd, false)));

        GateRecord record = gate.record(at(index), GateMode.MANIFEST, platforms("linux/amd64", "linux/arm64"));

        assertThat(record.digest()).contains(index.digest());
        assertThat(record.platforms())
                .extracting(of -> of.platform().toString(), of -> of.manifest().orElseThrow())
                .containsExactly(tuple("linux/amd64", amd.digest()), tuple("linux/arm64", arm.digest()));
        assertThat(log)
                .containsExactly("Recorded a.example/acme/app@" + index.digest() + " by mode manifest: "
                        + index.digest() + " (linux/amd64, linux/arm64).");
    }

    @Test
    void readsNoLayers() throws Exception {
        ImageManifest image = images.image("linux/amd64", "large");
        registry.forgetRequests();

        gate.record(at(image), GateMode.ROOTFS, List.of());

        assertThat(registry.requests())
                .containsExactly(
                        "GET " + APP + " " + image.digest(),
                        "GET-BLOB " + APP + " " + image.config().digest());
    }

    @Test
    void fingerprintsLayersAsDockersOwnInspectionDoes() throws Exception {
        ImageManifest image = images.image("linux/amd64", "one", "two");

        GateRecord record = gate.record(at(image), GateMode.ROOTFS, List.of());

        String inspected = "[\"" + digest("one") + "\",\"" + digest("two") + "\"]\n";
        assertThat(record.platforms().get(0).in(GateMode.ROOTFS)).isEqualTo(digest(inspected));
    }

    @Test
    void refusesToRecordAnImageThatLacksAPlatform() throws Exception {
        Manifest index = images.index(images.image("linux/amd64", "x"));

        assertThatThrownBy(() -> gate.record(at(index), GateMode.CONFIG, platforms("linux/amd64", "linux/arm64")))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " was not recorded: it lacks linux/arm64 and has linux/amd64. Build what is missing, or take it"
                        + " out of requiredPlatforms.");
    }

    @Test
    void refusesAnIndexOfNothing() throws Exception {
        Manifest index = images.index();

        assertThatThrownBy(() -> gate.record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is an index without any image. Build and publish at least one platform first.");
    }

    @Test
    void refusesAnIndexThatLacksAChild() throws Exception {
        ImageManifest lost = images.image("linux/amd64", "x");
        Manifest index = images.index(lost);
        registry.delete(APP, lost.digest());

        assertThatThrownBy(() -> gate.record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("a.example/acme/app lacks " + lost.digest()
                        + ", which an index there lists. Push the image again; one of its parts was deleted or never"
                        + " came.");
    }

    @Test
    void refusesAConfigurationTooLargeToRead() throws Exception {
        Descriptor config = images.blob(MediaTypes.OCI_CONFIG, new byte[(8 << 20) + 1]);
        Manifest image = images.put(ImageManifest.of(config, List.of(), Map.of()));

        assertThatThrownBy(() -> gate.record(at(image), GateMode.CONFIG, List.of()))
                .hasMessage("The image configuration " + config.digest()
                        + " has 8388609 bytes; at most 8388608 are read. Build the image again with less in its labels and"
                        + " history.");
    }

    @Test
    void refusesAnIndexOfTooManyLevels() throws Exception {
        Manifest nested = images.image("linux/amd64", "x");
        for (int i = 0; i < 9; i++) {
            nested = images.index(nested);
        }
        Digest innermost = images.image("linux/amd64", "x").digest();
        Manifest root = nested;

        assertThatThrownBy(() -> gate.record(at(root), GateMode.CONFIG, List.of()))
                .hasMessage(innermost + " is not read: its index has more than 8 levels or 128 images."
                        + " Name the image of one platform by its digest.");
    }

    @Test
    void passesTheSameBytes() throws Exception {
        Manifest index = images.index(images.image("linux/amd64", "x"));
        images.tag("candidate", index);
        GateRecord record = gate.record(at(index), GateMode.MANIFEST, List.of());

        GateVerdict verdict = gate.verify(GateSubject.parse("a.example/acme/app:candidate"), record);

        assertThat(verdict.isPassed()).isTrue();
        assertThat(log)
                .last()
                .isEqualTo("Verified a.example/acme/app:candidate by mode manifest: the same as a.example/acme/app@"
                        + index.digest() + ", " + index.digest() + " (linux/amd64).");
    }

    @Test
    void passesARecordThatTravelledAsAFile() throws Exception {
        Manifest image = images.image("linux/amd64", "x");
        GateRecord record = gate.record(at(image), GateMode.CONFIG, List.of());

        GateVerdict verdict = gate.verify(at(image), GateRecord.parse(Json.write(record.toJson())));

        assertThat(verdict.isPassed()).isTrue();
    }

    @Test
    void namesBothDigestsTheLayerItsLineAndTheLikelyCause() throws Exception {
        Manifest tested = images.image("linux/amd64", "base", "app");
        Manifest again = images.image(withHistory("app, later", "COPY app /"), "base", "app, later");
        GateRecord record = gate.record(at(tested), GateMode.MANIFEST, List.of());

        GateVerdict verdict = gate.verify(at(again), record);

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
        GateVerdict verdict = compared(
                GateMode.ROOTFS, images.image("linux/amd64", "base", "a"), images.image("linux/amd64", "base", "b"));

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "layer 2 of 2 is the first that differs: " + digest("b") + " instead of " + digest("a")
                                + ", made by 'COPY b /' instead of 'COPY a /'"));
        assertThat(verdict.causes()).containsExactly(Cause.OTHER_STEP);
    }

    @Test
    void suspectsTheBaseWhereTheFirstLayerDiffers() throws Exception {
        GateVerdict verdict = compared(
                GateMode.CONFIG, images.image("linux/amd64", "old", "app"), images.image("linux/amd64", "new", "app"));

        assertThat(verdict.causes()).containsExactly(Cause.BASE_MOVED);
    }

    @Test
    void suspectsTheBaseWhereALabelSaysSo() throws Exception {
        GateVerdict verdict = compared(
                GateMode.CONFIG,
                image(config -> config.putObject("config")
                        .putObject("Labels")
                        .put("org.opencontainers.image.base.digest", "a")),
                image(config -> config.putObject("config")
                        .putObject("Labels")
                        .put("org.opencontainers.image.base.digest", "b")));

        assertThat(verdict.causes()).contains(Cause.BASE_MOVED);
    }

    @Test
    void tellsThatALayerIsMissing() throws Exception {
        GateVerdict verdict = compared(
                GateMode.ROOTFS, images.image("linux/amd64", "base", "a"), images.image("linux/amd64", "base"));

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "layer 2 of 2 is the first that differs: none instead of " + digest("a")
                                + ", recorded as made by 'COPY a /'"));
    }

    @Test
    void explainsEverySettingByItsNameInADockerfile() throws Exception {
        Manifest tested = image(json -> {
            json.put("created", "2026-01-01T00:00:00Z");
            ObjectNode config = json.putObject("config");
            config.putArray("Env").add("PATH=/bin").add("MODE=fast").add("OLD=1");
            config.putArray("Entrypoint").add("/app");
            config.put("User", "1000");
            config.putObject("Labels").put("version", "1.4");
            config.putObject("ExposedPorts").putObject("80/tcp");
        });
        Manifest rebuilt = image(json -> {
            json.put("created", "2026-02-02T00:00:00Z");
            ObjectNode config = json.putObject("config");
            config.putArray("Env").add("PATH=/bin").add("MODE=slow");
            config.putArray("Entrypoint").add("/app").add("-v");
            config.putArray("Cmd").add("serve");
            config.putObject("Labels").put("version", "1.5").put("new", "label");
            config.putObject("ExposedPorts").putObject("443/tcp");
            config.putNull("OnBuild");
        });

        GateVerdict verdict = compared(GateMode.CONFIG, tested, rebuilt);

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
        GateVerdict verdict = compared(
                GateMode.CONFIG,
                image(json -> json.put("author", "x".repeat(300) + "\n1")),
                image(json -> json.put("author", "x".repeat(300) + "\n2")));

        assertThat(verdict.differences().get(0).text())
                .isEqualTo("author is '" + "x".repeat(200) + "… (302 characters, "
                        + digest("x".repeat(300) + "\n2").abbreviated() + "…)' instead of '" + "x".repeat(200)
                        + "… (302 characters, "
                        + digest("x".repeat(300) + "\n1").abbreviated() + "…)'");
    }

    @Test
    void seesThatOnlyTheTimeOfTheBuildDiffers() throws Exception {
        GateVerdict verdict = compared(
                GateMode.CONFIG,
                image(json -> json.put("created", "2026-01-01T00:00:00Z")),
                image(json -> json.put("created", "2026-02-02T00:00:00Z")));

        assertThat(verdict.causes()).containsExactly(Cause.TIMES);
    }

    @Test
    void seesThatOnlyTheHistoryDiffers() throws Exception {
        GateVerdict verdict = compared(
                GateMode.CONFIG,
                image(json -> ((ObjectNode) json.path("history").path(0)).put("created", "2026-01-01T00:00:00Z")),
                image(json -> ((ObjectNode) json.path("history").path(0)).put("created", "2026-02-02T00:00:00Z")));

        assertThat(verdict.differences())
                .containsExactly(new Difference("linux/amd64", "the configuration differs only in its history"));
        assertThat(verdict.causes()).containsExactly(Cause.TIMES);
    }

    @Test
    void doesNotSeeSettingsByModeRootfs() throws Exception {
        GateVerdict verdict = compared(
                GateMode.ROOTFS,
                image(json -> json.putObject("config").put("User", "root")),
                image(json -> json.putObject("config").put("User", "1000")));

        assertThat(verdict.isPassed()).isTrue();
    }

    @Test
    void seesThatOnlyTheCompressionDiffers() throws Exception {
        ImageManifest tested = images.image("linux/amd64", "x");
        Descriptor recompressed = images.blob(MediaTypes.OCI_LAYER_GZIP, new byte[] {31, -117});
        Manifest pushedAgain = images.put(ImageManifest.of(tested.config(), List.of(recompressed), Map.of()));

        GateVerdict verdict = compared(GateMode.MANIFEST, tested, pushedAgain);

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64",
                        "configuration and files are the same, layer 1 is the first that is compressed otherwise: "
                                + recompressed.digest() + " instead of " + digest("x")));
        assertThat(verdict.causes()).containsExactly(Cause.STORED_OTHERWISE);
        assertThat(compared(GateMode.CONFIG, tested, pushedAgain).isPassed()).isTrue();
    }

    @Test
    void seesThatOnlyTheManifestDiffers() throws Exception {
        ImageManifest tested = images.image("linux/amd64", "x");
        Manifest annotated = images.put(ImageManifest.of(tested.config(), tested.layers(), Map.of("a", "b")));

        GateVerdict verdict = compared(GateMode.MANIFEST, tested, annotated);

        assertThat(verdict.differences())
                .containsExactly(new Difference(
                        "linux/amd64", "configuration and layers are the same, the manifest names them otherwise"));
    }

    @Test
    void seesThatOnlyTheAttestationsDiffer() throws Exception {
        ImageManifest image = images.image("linux/amd64", "x");
        Manifest tested = images.index(List.of(image.descriptor(), images.attestation(image, false)));
        Manifest rebuilt = images.index(List.of(image.descriptor(), images.attestation(image, true)));

        GateVerdict verdict = compared(GateMode.MANIFEST, tested, rebuilt);

        assertThat(verdict.differences())
                .containsExactly(new Difference("", "the image of every platform is the same, their index is another"));
        assertThat(verdict.causes()).containsExactly(Cause.INDEX_ONLY);
        assertThat(compared(GateMode.CONFIG, tested, rebuilt).isPassed()).isTrue();
    }

    @Test
    void refusesAPlatformMoreOrLess() throws Exception {
        Manifest tested = images.index(images.image("linux/amd64", "x"), images.image("linux/arm64", "x"));
        Manifest rebuilt = images.index(images.image("linux/amd64", "x"), images.image("linux/s390x", "x"));

        GateVerdict verdict = compared(GateMode.ROOTFS, tested, rebuilt);

        assertThat(verdict.refusal())
                .hasMessage("a.example/acme/app@" + rebuilt.digest()
                        + " is not the image that was tested, a.example/acme/app@" + tested.digest()
                        + ": the platforms are others.\n- linux/arm64: is missing\n- linux/s390x: was not recorded\n"
                        + "Likely cause: not the same platforms were built. Record and publish the same set of platforms;"
                        + " build the missing one or drop it in both places.");
    }

    @Test
    void namesThePlatformThatDiffers() throws Exception {
        Manifest tested = images.index(images.image("linux/amd64", "x"), images.image("linux/arm64", "b", "a"));
        Manifest rebuilt = images.index(images.image("linux/amd64", "x"), images.image("linux/arm64", "b", "c"));

        GateVerdict verdict = compared(GateMode.ROOTFS, tested, rebuilt);

        assertThat(verdict.differences()).extracting(Difference::platform).containsExactly("linux/arm64");
        assertThat(verdict.refusal().fact())
                .contains(": its rootfs fingerprint is "
                        + digest("[\"" + digest("b") + "\",\"" + digest("c") + "\"]\n") + " instead of "
                        + digest("[\"" + digest("b") + "\",\"" + digest("a") + "\"]\n") + ".");
    }

    @Test
    void countsTheDifferencesItDoesNotShow() throws Exception {
        GateVerdict verdict = compared(GateMode.CONFIG, image(json -> {}), image(json -> {
            ArrayNode env = json.putObject("config").putArray("Env");
            for (int i = 0; i < 25; i++) {
                env.add("V" + i + "=" + i);
            }
        }));

        assertThat(verdict.differences()).hasSize(25);
        assertThat(verdict.refusal().fact()).contains("\n- and 5 more\nLikely cause: ");
    }

    @Test
    void refusesOnlyWhatIsNotTheSame() throws Exception {
        GateVerdict same =
                compared(GateMode.CONFIG, images.image("linux/amd64", "x"), images.image("linux/amd64", "x"));
        GateVerdict other =
                compared(GateMode.CONFIG, images.image("linux/amd64", "x"), images.image("linux/amd64", "y"));

        same.refuseUnlessPassed();
        assertThatThrownBy(other::refuseUnlessPassed).hasMessage(other.refusal().getMessage());
    }

    @Test
    void showsItsVerdictAsJson() throws Exception {
        Manifest tested = image(json -> json.putObject("config").put("User", "1"));
        Manifest rebuilt = image(json -> json.putObject("config").put("User", "2"));

        GateVerdict verdict = compared(GateMode.CONFIG, tested, rebuilt);

        assertThat(Json.pretty(verdict.toJson())).isEqualTo("""
                        {
                          "passed" : false,
                          "mode" : "config",
                          "image" : "a.example/acme/app@%1$s",
                          "digest" : "%1$s",
                          "recordedImage" : "a.example/acme/app@%2$s",
                          "recordedDigest" : "%2$s",
                          "differences" : [
                            {
                              "platform" : "linux/amd64",
                              "difference" : "USER is '2' instead of '1'"
                            }
                          ],
                          "causes" : [
                            "the files are the same and only settings differ, as with other labels, variables or build arguments"
                          ]
                        }
                        """.formatted(rebuilt.digest(), tested.digest()));
    }

    @Test
    void refusesTwoImagesOfOnePlatform() throws Exception {
        ImageManifest first = images.image("linux/amd64", "first");
        ImageManifest second = images.image("linux/amd64", "second");
        Manifest index = images.index(first, second);

        assertThatThrownBy(() -> gate.record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("Two images of the index are built for linux/amd64: " + first.digest() + " and "
                        + second.digest() + ". Publish an index with one image for each platform; look for one that was"
                        + " built for another platform than it is listed as.");
    }

    @Test
    void refusesAnImageListedUnderAPlatformItWasNotBuiltFor() throws Exception {
        ImageManifest amd64 = images.image("linux/amd64", "first");
        ImageManifest mislabelled = images.image("linux/amd64", "built on the wrong machine");
        ImageIndex index = images.index(List.of(
                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                mislabelled.descriptor().withPlatform(Platform.parse("linux/arm64"))));

        assertThatThrownBy(() -> gate.record(at(index), GateMode.ROOTFS, List.of()))
                .hasMessageStartingWith("Two images of the index are built for linux/amd64: ");
    }

    @Test
    void seesAnImageThatCallsItselfAnAttestation() throws Exception {
        ImageManifest image = images.image("linux/amd64", "tested");
        ImageManifest hidden = images.image("linux/arm64", "never tested");
        ImageIndex index = images.index(List.of(
                image.descriptor().withPlatform(Platform.parse("linux/amd64")),
                hidden.descriptor()
                        .withPlatform(Platform.parse("linux/arm64"))
                        .withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"))));

        GateRecord record = gate.record(at(index), GateMode.CONFIG, List.of());

        assertThat(record.platforms())
                .extracting(of -> of.platform().toString())
                .containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
    }

    @Test
    void recordsAnArtifactByItsManifest() throws Exception {
        Manifest image = images.image("linux/amd64", "x");
        Manifest artifact = images.referrer(image, "remark");

        GateRecord record = gate.record(at(artifact), GateMode.MANIFEST, List.of());

        assertThat(record.platforms())
                .extracting(of -> of.platform().toString())
                .containsExactly("unknown/unknown");
        assertThat(GateRecord.parse(Json.write(record.toJson()))).isEqualTo(record);
    }

    @Test
    void believesTheIndexWhereTheConfigurationNamesNoPlatform() throws Exception {
        ImageManifest bare = image(json -> json.without(List.of("os", "architecture")));
        ImageIndex index = images.index(List.of(bare.descriptor().withPlatform(Platform.parse("linux/arm/v6"))));

        GateRecord record = gate.record(at(index), GateMode.CONFIG, platforms("linux/arm/v6"));

        assertThat(record.platforms()).hasSize(1);
    }

    private GateVerdict compared(GateMode mode, Manifest recorded, Manifest found)
            throws IOException, InterruptedException {
        return gate.verify(at(found), gate.record(at(recorded), mode, List.of()));
    }

    private ImageManifest image(Consumer<ObjectNode> change) throws InterruptedException {
        ObjectNode config = SampleImages.config("linux/amd64", "x");
        change.accept(config);
        return images.image(config, "x");
    }

    private static GateSubject at(Manifest manifest) {
        return new GateSubject.InRegistry(ImageRef.of(APP, manifest.digest()));
    }

    private static List<Platform> platforms(String... texts) {
        return Platform.parseAll(List.of(texts));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}

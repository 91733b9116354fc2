package io.jenkins.plugins.multiarch.gate;

import static io.jenkins.plugins.multiarch.gate.GateTrial.APP;
import static io.jenkins.plugins.multiarch.gate.GateTrial.at;
import static io.jenkins.plugins.multiarch.gate.GateTrial.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is recorded of an image, and that the same image passes. */
class GateTest {
    private final GateTrial trial = GateTrial.start();

    @Test
    void recordsAnIndexWithAllItsPlatforms() throws Exception {
        ImageManifest amd = trial.images().image("linux/amd64", "base", "amd");
        ImageManifest arm = trial.images().image("linux/arm64", "base", "arm");
        Manifest index = trial.images()
                .index(List.of(
                        amd.descriptor(), arm.descriptor(), trial.images().attestation(amd, false)));

        GateRecord record = trial.gate().record(at(index), GateMode.MANIFEST, platforms("linux/amd64", "linux/arm64"));

        assertThat(record.digest()).contains(index.digest());
        assertThat(record.platforms())
                .extracting(of -> of.platform().toString(), of -> of.manifest().orElseThrow())
                .containsExactly(tuple("linux/amd64", amd.digest()), tuple("linux/arm64", arm.digest()));
        assertThat(trial.log())
                .containsExactly("Recorded a.example/acme/app@" + index.digest() + " by mode manifest: "
                        + index.digest() + " (linux/amd64, linux/arm64).");
    }

    @Test
    void readsNoLayers() throws Exception {
        ImageManifest image = trial.images().image("linux/amd64", "large");
        trial.registry().forgetRequests();

        trial.gate().record(at(image), GateMode.ROOTFS, List.of());

        assertThat(trial.registry().requests())
                .containsExactly(
                        "GET " + APP + " " + image.digest(),
                        "GET-BLOB " + APP + " " + image.config().digest());
    }

    @Test
    void fingerprintsLayersAsDockersOwnInspectionDoes() throws Exception {
        ImageManifest image = trial.images().image("linux/amd64", "one", "two");

        GateRecord record = trial.gate().record(at(image), GateMode.ROOTFS, List.of());

        String inspected = "[\"" + digest("one") + "\",\"" + digest("two") + "\"]\n";
        assertThat(record.platforms().get(0).in(GateMode.ROOTFS)).isEqualTo(digest(inspected));
    }

    @Test
    void refusesToRecordAnImageThatLacksAPlatform() throws Exception {
        Manifest index = trial.images().index(trial.images().image("linux/amd64", "x"));

        assertThatThrownBy(
                        () -> trial.gate().record(at(index), GateMode.CONFIG, platforms("linux/amd64", "linux/arm64")))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " was not recorded: it lacks linux/arm64 and has linux/amd64. Build what is missing, or take it"
                        + " out of requiredPlatforms.");
    }

    @Test
    void refusesAnIndexOfNothing() throws Exception {
        Manifest index = trial.images().index();

        assertThatThrownBy(() -> trial.gate().record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is an index without any image. Build and publish at least one platform first.");
    }

    @Test
    void refusesAnIndexThatLacksAChild() throws Exception {
        ImageManifest lost = trial.images().image("linux/amd64", "x");
        Manifest index = trial.images().index(lost);
        trial.registry().delete(APP, lost.digest());

        assertThatThrownBy(() -> trial.gate().record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("a.example/acme/app lacks " + lost.digest()
                        + ", which an index there lists. Push the image again; one of its parts was deleted or never"
                        + " came.");
    }

    @Test
    void refusesAConfigurationTooLargeToRead() throws Exception {
        Descriptor config = trial.images().blob(MediaTypes.OCI_CONFIG, new byte[(8 << 20) + 1]);
        Manifest image = trial.images().put(ImageManifest.of(config, List.of(), Map.of()));

        assertThatThrownBy(() -> trial.gate().record(at(image), GateMode.CONFIG, List.of()))
                .hasMessage("The image configuration " + config.digest()
                        + " has 8388609 bytes; at most 8388608 are read. Build the image again with less in its labels and"
                        + " history.");
    }

    @Test
    void refusesAnIndexOfTooManyLevels() throws Exception {
        Manifest nested = trial.images().image("linux/amd64", "x");
        for (int i = 0; i < 9; i++) {
            nested = trial.images().index(nested);
        }
        Digest innermost = trial.images().image("linux/amd64", "x").digest();
        Manifest root = nested;

        assertThatThrownBy(() -> trial.gate().record(at(root), GateMode.CONFIG, List.of()))
                .hasMessage(innermost + " is not read: its index has more than 8 levels or 128 images."
                        + " Name the image of one platform by its digest.");
    }

    @Test
    void passesTheSameBytes() throws Exception {
        Manifest index = trial.images().index(trial.images().image("linux/amd64", "x"));
        trial.images().tag("candidate", index);
        GateRecord record = trial.gate().record(at(index), GateMode.MANIFEST, List.of());

        GateVerdict verdict = trial.gate().verify(GateSubject.parse("a.example/acme/app:candidate"), record);

        assertThat(verdict.isPassed()).isTrue();
        assertThat(trial.log())
                .last()
                .isEqualTo("Verified a.example/acme/app:candidate by mode manifest: the same as a.example/acme/app@"
                        + index.digest() + ", " + index.digest() + " (linux/amd64).");
    }

    @Test
    void passesARecordThatTravelledAsAFile() throws Exception {
        Manifest image = trial.images().image("linux/amd64", "x");
        GateRecord record = trial.gate().record(at(image), GateMode.CONFIG, List.of());

        GateVerdict verdict = trial.gate().verify(at(image), GateRecord.parse(Json.write(record.toJson())));

        assertThat(verdict.isPassed()).isTrue();
    }

    @Test
    void refusesOnlyWhatIsNotTheSame() throws Exception {
        GateVerdict same = trial.compared(
                GateMode.CONFIG,
                trial.images().image("linux/amd64", "x"),
                trial.images().image("linux/amd64", "x"));
        GateVerdict other = trial.compared(
                GateMode.CONFIG,
                trial.images().image("linux/amd64", "x"),
                trial.images().image("linux/amd64", "y"));

        same.refuseUnlessPassed();
        assertThatThrownBy(other::refuseUnlessPassed).hasMessage(other.refusal().getMessage());
    }

    @Test
    void showsItsVerdictAsJson() throws Exception {
        Manifest tested = trial.image(json -> json.putObject("config").put("User", "1"));
        Manifest rebuilt = trial.image(json -> json.putObject("config").put("User", "2"));

        GateVerdict verdict = trial.compared(GateMode.CONFIG, tested, rebuilt);

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
        ImageManifest first = trial.images().image("linux/amd64", "first");
        ImageManifest second = trial.images().image("linux/amd64", "second");
        Manifest index = trial.images().index(first, second);

        assertThatThrownBy(() -> trial.gate().record(at(index), GateMode.CONFIG, List.of()))
                .hasMessage("Two images of the index are built for linux/amd64: " + first.digest() + " and "
                        + second.digest() + ". Publish an index with one image for each platform; look for one that was"
                        + " built for another platform than it is listed as.");
    }

    @Test
    void refusesAnImageListedUnderAPlatformItWasNotBuiltFor() throws Exception {
        ImageManifest amd64 = trial.images().image("linux/amd64", "first");
        ImageManifest mislabelled = trial.images().image("linux/amd64", "built on the wrong machine");
        ImageIndex index = trial.images()
                .index(List.of(
                        amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                        mislabelled.descriptor().withPlatform(Platform.parse("linux/arm64"))));

        assertThatThrownBy(() -> trial.gate().record(at(index), GateMode.ROOTFS, List.of()))
                .hasMessageStartingWith("Two images of the index are built for linux/amd64: ");
    }

    @Test
    void seesAnImageThatCallsItselfAnAttestation() throws Exception {
        ImageManifest image = trial.images().image("linux/amd64", "tested");
        ImageManifest hidden = trial.images().image("linux/arm64", "never tested");
        ImageIndex index = trial.images()
                .index(List.of(
                        image.descriptor().withPlatform(Platform.parse("linux/amd64")),
                        hidden.descriptor()
                                .withPlatform(Platform.parse("linux/arm64"))
                                .withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"))));

        GateRecord record = trial.gate().record(at(index), GateMode.CONFIG, List.of());

        assertThat(record.platforms())
                .extracting(of -> of.platform().toString())
                .containsExactlyInAnyOrder("linux/amd64", "linux/arm64");
    }

    @Test
    void recordsAnArtifactByItsManifest() throws Exception {
        Manifest image = trial.images().image("linux/amd64", "x");
        Manifest artifact = trial.images().referrer(image, "remark");

        GateRecord record = trial.gate().record(at(artifact), GateMode.MANIFEST, List.of());

        assertThat(record.platforms())
                .extracting(of -> of.platform().toString())
                .containsExactly("unknown/unknown");
        assertThat(GateRecord.parse(Json.write(record.toJson()))).isEqualTo(record);
    }

    @Test
    void believesTheIndexWhereTheConfigurationNamesNoPlatform() throws Exception {
        ImageManifest bare = trial.image(json -> json.without(List.of("os", "architecture")));
        ImageIndex index =
                trial.images().index(List.of(bare.descriptor().withPlatform(Platform.parse("linux/arm/v6"))));

        GateRecord record = trial.gate().record(at(index), GateMode.CONFIG, platforms("linux/arm/v6"));

        assertThat(record.platforms()).hasSize(1);
    }

    private static List<Platform> platforms(String... texts) {
        return Platform.parseAll(List.of(texts));
    }
}

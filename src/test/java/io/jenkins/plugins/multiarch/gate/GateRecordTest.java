package io.jenkins.plugins.multiarch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateRecordTest {
    private static final Digest INDEX = Digest.sha256(new byte[] {1});
    private static final Digest MANIFEST = Digest.sha256(new byte[] {2});
    private static final Digest CONFIG = Digest.sha256(new byte[] {3});
    private static final Digest LAYER = Digest.sha256(new byte[] {4});

    private final GateRecord record = new GateRecord(
            GateMode.MANIFEST,
            "ghcr.io/acme/app@" + INDEX,
            Optional.of(INDEX),
            List.of(new Fingerprint(
                    Platform.parse("linux/arm64"),
                    Optional.of(MANIFEST),
                    CONFIG,
                    Map.of("ENV MODE", "fast"),
                    List.of(LAYER),
                    List.of(),
                    List.of("COPY app /app"))));

    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("gate.json");

        record.write(file);

        assertThat(GateRecord.read(file)).isEqualTo(record);
    }

    @Test
    void hasAFormThatOtherReleasesWillRead() {
        assertThat(Json.pretty(record.toJson())).isEqualTo("""
                        {
                          "version" : 1,
                          "mode" : "manifest",
                          "image" : "ghcr.io/acme/app@%1$s",
                          "digest" : "%1$s",
                          "platforms" : [
                            {
                              "platform" : "linux/arm64",
                              "fingerprint" : "%2$s",
                              "manifest" : "%2$s",
                              "imageId" : "%3$s",
                              "config" : {
                                "ENV MODE" : "fast"
                              },
                              "layers" : [
                                "%4$s"
                              ],
                              "blobs" : [ ],
                              "history" : [
                                "COPY app /app"
                              ]
                            }
                          ],
                          "checksum" : "%5$s"
                        }
                        """.formatted(
                        INDEX,
                        MANIFEST,
                        CONFIG,
                        LAYER,
                        "sha256:06980818669c0f05b25df279106497c8fed49bcb25f18563d7196e4d5694edd1"));
    }

    @Test
    void isNotReadWhenItWasChanged() {
        byte[] changed = new String(Json.write(record.toJson()), StandardCharsets.UTF_8)
                .replace("fast", "slow")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> GateRecord.parse(changed))
                .hasMessage("The gate record was changed after it was written: its checksum is another."
                        + " Hand over the file as the gate wrote it; if nobody changed it, record the image again.");
    }

    @Test
    void isNotReadWhenItIsCutOff() {
        byte[] whole = Json.write(record.toJson());

        assertThatThrownBy(() -> GateRecord.parse(Arrays.copyOf(whole, whole.length / 2)))
                .hasMessageStartingWith(
                        "The gate record is not a JSON object we can use: it cannot be read past line 1, ");
    }

    @Test
    void isNotReadByAReleaseThatDoesNotKnowItsVersion() {
        byte[] later = signed(json -> json.put("version", 2));

        assertThatThrownBy(() -> GateRecord.parse(later))
                .hasMessage("The gate record has version 2, and only version 1 is known."
                        + " Record and verify with the same release of the plugin or command line.");
    }

    @Test
    void isNeverMissingWithoutARefusal() {
        Path file = folder.resolve("gate.json");

        assertThatThrownBy(() -> GateRecord.read(file))
                .hasMessage("There is no gate record " + file + ", so nothing says which image was tested."
                        + " Record the image after its tests and hand the file to this job; without it nothing is"
                        + " published.");
    }

    @Test
    void isNotReadWhenItIsTooLarge() throws IOException {
        Path file = Files.write(folder.resolve("gate.json"), new byte[GateRecord.MAX_BYTES + 1]);

        assertThatThrownBy(() -> GateRecord.read(file))
                .hasMessage(file + " is not a gate record: it has more than 4194304 bytes."
                        + " Give the file that the gate wrote when it recorded the image.");
    }

    @Test
    void refusesADocumentOfAnotherKind() {
        assertRefused("{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8), "it has no version");
    }

    @Test
    void refusesFieldsItDoesNotKnow() {
        assertRefused(
                signed(json -> json.put("trust", "me")),
                "it has the fields checksum, digest, image, mode, platforms, trust, version");
    }

    @Test
    void refusesARecordOfNoPlatform() {
        assertRefused(signed(json -> json.putArray("platforms")), "it has no platform");
    }

    @Test
    void refusesFingerprintsThatDoNotFitTheRest() {
        assertRefused(
                signed(json -> platform(json).put("manifest", INDEX.toString())),
                "what it says of linux/arm64 does not fit together");
    }

    @Test
    void refusesAModeThatLacksItsDigest() {
        assertRefused(signed(json -> json.put("digest", "")), "it is by mode manifest and has no digest");
    }

    @Test
    void refusesWhatIsNoText() {
        assertRefused(signed(json -> json.put("image", 5)), "'image' is not a text");
        assertRefused(signed(json -> platform(json).put("layers", "all")), "'layers' is not a list");
        assertRefused(signed(json -> platform(json).put("config", "all")), "'config' is not an object");
        assertRefused(
                signed(json -> platform(json).putArray("history").add(5)), "'history' holds something else than texts");
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> GateRecord.parse(bytes))
                .hasMessage("This is not a gate record: " + reason
                        + ". Give the file that the gate wrote when it recorded the image.");
    }

    private static ObjectNode platform(ObjectNode json) {
        return (ObjectNode) json.path("platforms").path(0);
    }

    /** The record with a change whose checksum fits. */
    private byte[] signed(Consumer<ObjectNode> change) {
        ObjectNode json = record.toJson();
        json.remove("checksum");
        change.accept(json);
        json.put("checksum", Digest.sha256(Json.write(json)).toString());
        return Json.write(json);
    }
}

package io.jenkins.plugins.multiarch.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageRecordTest {
    private static final String WHERE = "'app' of acme/app #42";
    private static final String CURE =
            " Do not use it; it was changed or damaged after it was staged, or staged by another version. Stage it again.";
    private static final Origin ORIGIN = new Origin("acme/app", "42", Instant.parse("2026-11-20T10:00:00.5Z"));

    private static StagedPlatform platform(String platform) {
        byte[] content = platform.getBytes(StandardCharsets.UTF_8);
        return new StagedPlatform(
                Platform.parse(platform),
                Descriptor.of(MediaTypes.OCI_MANIFEST, content),
                List.of(),
                Descriptor.of("application/x-tar", content));
    }

    private static StageRecord record(String... platforms) {
        return StageRecord.of(
                "app",
                ORIGIN,
                List.of(platforms).stream().map(StageRecordTest::platform).toList(),
                List.of(),
                Map.of());
    }

    private static StageRecord read(Map<String, byte[]> documents) throws IOException {
        return StageRecord.read(documents::get, WHERE);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        StageRecord record = record("linux/arm64", "linux/amd64");

        StageRecord read = read(record.documents());

        assertThat(read.toJson()).isEqualTo(record.toJson());
        assertThat(read.index().orElseThrow().bytes())
                .isEqualTo(record.index().orElseThrow().bytes());
        assertThat(read.platforms()).hasSize(2).first().hasFieldOrPropertyWithValue("archive", "linux-arm64.oci.tar");
    }

    @Test
    void isTheImageItselfOfOnePlatformUnlessAnIndexIsExpected() {
        StagedPlatform arm64 = platform("linux/arm64");

        assertThat(record("linux/arm64").digest()).isEqualTo(arm64.digest());
        assertThat(StageRecord.of("app", ORIGIN, List.of(arm64), List.of(arm64.platform()), Map.of())
                        .index())
                .isPresent();
    }

    @Test
    void saysWhoStagedItAndWhen() {
        assertThat(record("linux/arm64").describe(ORIGIN.time().plus(Duration.ofHours(75))))
                .isEqualTo("'app' of acme/app #42 (3 days old)");
        assertThat(new Origin("", "", ORIGIN.time()).describe(ORIGIN.time())).isEqualTo("(0 minutes old)");
    }

    @ParameterizedTest
    @CsvSource({"PT30S,0 minutes", "PT1M,1 minute", "PT119M,1 hour", "PT5H,5 hours", "PT24H,1 day", "PT-5S,0 minutes"})
    void saysAnAgeAsPeopleDo(Duration time, String text) {
        assertThat(Origin.age(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../app", "a/b", ".app", "-app", "app 1"})
    void saysHowToNameAStagedImage(String name) {
        assertThatThrownBy(() -> StageRecord.checkedName(name))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + name
                        + "' is not a name for a staged image. Write 1 to 128 letters, digits, '_', '.' or '-', beginning"
                        + " with none of the last two, as in app-1.4.");
    }

    @Test
    void refusesAnIndexThatWasChanged() {
        StageRecord record = record("linux/arm64", "linux/amd64");
        Map<String, byte[]> documents = new HashMap<>(record.documents());
        documents.put("index.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> read(documents))
                .hasMessage("The staged image " + WHERE + " cannot be used: its index.json does not have the digest "
                        + record.digest() + "." + CURE);
    }

    private static void assertRefused(ObjectNode json, String reason) {
        assertThatThrownBy(() -> StageRecord.read(file -> Json.write(json), WHERE))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The staged image " + WHERE + " cannot be used: " + reason + "." + CURE);
    }

    @Test
    void refusesARecordThatIsNone() {
        StageRecord record = record("linux/arm64");
        String other = platform("linux/amd64").digest().toString();

        assertRefused(record.toJson().put("version", 2), "its image.json has the version '2'");
        assertRefused(record.toJson().put("time", "yesterday"), "its image.json has no time");
        assertRefused(record.toJson().set("platforms", Json.object()), "its image.json names no platform");
        assertRefused(
                record.toJson().put("digest", other),
                "its image.json names " + other + " and describes " + record.digest());
    }

    @Test
    void refusesDocumentsThatAreTooLarge() {
        assertThatThrownBy(() -> StageRecord.read(file -> new byte[StageRecord.MAX_DOCUMENT + 1], WHERE))
                .hasMessage("The staged image " + WHERE + " cannot be used: its image.json has more than 8388608 bytes."
                        + CURE);
    }

    @Test
    void refusesAnImageAsAnIndex() {
        byte[] manifest = io.jenkins.plugins.multiarch.image.ImageManifest.of(
                        Descriptor.of(MediaTypes.OCI_CONFIG, new byte[0]), List.of(), Map.of())
                .bytes();
        ObjectNode json = record("linux/arm64").toJson();
        json.put(
                "digest",
                io.jenkins.plugins.multiarch.image.Digest.sha256(manifest).toString());
        json.put("index", "index.json");

        assertThatThrownBy(
                        () -> StageRecord.read(file -> file.equals("image.json") ? Json.write(json) : manifest, WHERE))
                .hasMessage("The staged image " + WHERE + " cannot be used: its index.json is no index." + CURE);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.EvidenceBeside;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyTrust;
import io.jenkins.plugins.multiarch.attest.StoredAttestation;
import io.jenkins.plugins.multiarch.attest.VerifyScript;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.gate.Fingerprint;
import io.jenkins.plugins.multiarch.gate.GateMode;
import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PlannedCopy;
import io.jenkins.plugins.multiarch.promote.PlannedImage;
import io.jenkins.plugins.multiarch.promote.PlannedTag;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a Pipeline gets has the fields that the command line prints, and survives being saved. */
class StepResultsTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Digest INDEX = digest("index");
    private static final Digest AMD64 = digest("amd64");

    private static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(Map<String, ?> fields) {
        return new ObjectMapper().valueToTree(fields);
    }

    @Test
    void aReleasedImageIsThePublishedOne() throws Exception {
        PublishedImage published = new PublishedImage(
                ImageRef.of(APP, INDEX),
                List.of(new Tag("1.0")),
                List.of(new PublishedPlatform(Platform.parse("linux/amd64"), AMD64, 500, List.of(digest("sbom")))));

        ReleasedImage image = Serialized.copy(new ReleasedImage(published));

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("reference", image.getReference());
        fields.put("repository", image.getRepository());
        fields.put("digest", image.getDigest());
        fields.put("tags", image.getTags());
        fields.put("platforms", image.getPlatforms());
        assertThat(json(fields).toString()).isEqualTo(published.toJson().toString());
        assertThat(image).hasToString("ghcr.io/acme/app@" + INDEX);
    }

    @Test
    void promotedTagsSayWhatSupersededThem() throws Exception {
        io.jenkins.plugins.multiarch.promote.PromotedTags superseded =
                new io.jenkins.plugins.multiarch.promote.PromotedTags(List.of(), "1.5.0 (sha256:00)", List.of());

        PromotedTags tags = Serialized.copy(new PromotedTags(superseded));

        assertThat(tags.getSupersededBy()).isEqualTo("1.5.0 (sha256:00)");
        assertThat(tags.isChanged()).isFalse();
    }

    @Test
    void plannedTagsAreThoseOfThePlan() throws Exception {
        PlannedTag tag = new PlannedTag(
                new MovedTag(APP, new Tag("stable"), Optional.of(AMD64), INDEX, true),
                "1.4.1",
                "1.4.2",
                List.of(Platform.parse("linux/arm64")),
                List.of());
        PlannedCopy copy = new PlannedCopy(ImageRef.of(APP, INDEX), Repository.parse("docker.io/acme/app"), 1234);
        PlannedImage image = new PlannedImage(
                ImageRef.of(APP, INDEX),
                new EvidenceBeside(List.of("provenance", "sbom"), List.of("https://jenkins.example.com/job/app/57/")),
                true);
        PromotionPlan plan = new PromotionPlan(
                List.of(tag), List.of(image), List.of(copy), "", List.of("A mirror stays behind."), Optional.empty());

        PromotedTags tags = Serialized.copy(new PromotedTags(plan));

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", 1);
        fields.put("hash", tags.getHash());
        fields.put("tags", tags.getTags());
        fields.put("images", tags.getImages());
        fields.put("copies", tags.getCopies());
        fields.put("bytesToCopy", tags.getBytesToCopy());
        fields.put("supersededBy", tags.getSupersededBy());
        fields.put("lagging", tags.getLagging());
        assertThat(json(fields).toString()).isEqualTo(plan.toJson().toString());
    }

    @Test
    void promotedTagsAreTheMovedOnes() throws Exception {
        io.jenkins.plugins.multiarch.promote.PromotedTags promoted =
                new io.jenkins.plugins.multiarch.promote.PromotedTags(List.of(
                        new MovedTag(APP, new Tag("1.0"), Optional.empty(), INDEX, true),
                        new MovedTag(APP, new Tag("stable"), Optional.of(AMD64), INDEX, true)));

        PromotedTags tags = Serialized.copy(new PromotedTags(promoted));

        assertThat(json(Map.of("tags", tags.getTags())).toString())
                .isEqualTo(promoted.toJson().toString());
        assertThat(tags.isChanged()).isTrue();
        assertThat(tags).hasToString("ghcr.io/acme/app@" + INDEX);
    }

    @Test
    void attestedImagesBringTheScriptThatVerifiesThem() throws Exception {
        AttestedImage attested = new AttestedImage(
                ImageRef.of(APP, INDEX),
                "",
                List.of(new StoredAttestation(INDEX, "https://example.com/review/v1", AMD64.toString(), true)));
        KeySigner signer = new KeySigner(SampleKeys.p256());

        AttestedImages images = Serialized.copy(new AttestedImages(signer, List.of(attested), List.of()));

        assertThat(images.getImages().get(0))
                .containsEntry(
                        "verifyScript",
                        new VerifyScript(attested, new KeyTrust(SampleKeys.trusted("p256.pub"))).text());
        assertThat(images).hasToString("ghcr.io/acme/app@" + INDEX);
    }

    private static GateRecord record(GateMode mode, String image) {
        Fingerprint fingerprint = new Fingerprint(
                Platform.parse("linux/amd64"),
                Optional.of(AMD64),
                digest("config"),
                Map.of(),
                List.of(),
                List.of(),
                List.of());
        return new GateRecord(mode, image, Optional.of(INDEX), List.of(fingerprint));
    }

    @Test
    void aVerdictPinsTheImageAndHoldsItsRecord() throws Exception {
        GateRecord record = record(GateMode.CONFIG, "ghcr.io/acme/app:1.0");

        GateVerdict verdict = Serialized.copy(new GateVerdict(GateSubject.parse("ghcr.io/acme/app:1.0"), record));

        assertThat(verdict).hasToString("ghcr.io/acme/app@" + INDEX);
        assertThat(verdict.getReference()).isEqualTo("ghcr.io/acme/app@" + INDEX);
        assertThat(verdict.getDigest()).isEqualTo(INDEX.toString());
        assertThat(verdict.getMode()).isEqualTo("config");
        assertThat(verdict.getFingerprints())
                .containsExactly(Map.entry("linux/amd64", digest("config").toString()));
        assertThat(GateRecord.parse(verdict.getRecord().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(record);
    }

    @Test
    void aVerdictOnAFileNamesTheFile() {
        GateVerdict verdict = new GateVerdict(GateSubject.parse("oci:build"), record(GateMode.ROOTFS, "oci:build"));

        assertThat(verdict).hasToString("oci:build");
    }
}

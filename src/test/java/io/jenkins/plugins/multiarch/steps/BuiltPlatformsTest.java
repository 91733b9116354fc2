package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.ImageSubjects;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuiltPlatformsTest {
    private static final Repository REPOSITORY =
            ImageRef.parse("ghcr.io/acme/app").repository();

    private final List<PlatformRecord> records = new ArrayList<>();
    private FakeRegistry registry;

    @BeforeEach
    void start() {
        registry = FakeRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Descriptor manifest(String content, String platform) {
        ImageManifest manifest = registry.addImageManifest("acme/app", content, platform);
        return manifest.descriptor().withPlatform(Platform.parse(platform));
    }

    private Descriptor built(String variant, String platform, long finished) {
        Descriptor manifest = manifest(variant, platform);
        record(variant, manifest, manifest.digest(), finished);
        return manifest;
    }

    private void record(String variant, Descriptor manifest, Digest root, long finished) {
        Platform platform = manifest.platform().orElseThrow();
        CollectedImage found = new CollectedImage(root, manifest, List.of(), Optional.empty());
        BuiltCell.Facts how = new BuiltCell.Facts("agent", "buildah", false, 1, "");
        String result = new BuiltCell(variant, platform, Optional.of(new BuiltCell.Image(found, how))).toJson();
        records.add(PlatformRecord.waiting(REPOSITORY + " " + variant, platform.toString())
                .built(root.toString(), finished, 1, "log", result));
    }

    private static ImageSubjects image(Descriptor... children) {
        return new ImageSubjects(REPOSITORY, descriptor("d"), List.of(children));
    }

    private static Descriptor descriptor(String digit) {
        return Descriptor.of("application/vnd.oci.image.index.v1+json", Digest.parse("sha256:" + digit.repeat(64)), 7);
    }

    private List<String> in(ImageSubjects image) {
        return BuiltPlatforms.of(records).in(image).all().stream()
                .map(built -> built.record().getImage() + " " + built.record().getPlatform())
                .toList();
    }

    @Test
    void areThoseOfTheImageAndNoOther() {
        built("slim", "linux/amd64", 1);
        Descriptor amd64 = built("full", "linux/amd64", 2000);
        Descriptor arm64 = built("full", "linux/arm64", 3000);
        built("slim", "linux/arm64", 4000);

        assertThat(in(image(amd64, arm64)))
                .containsExactly("ghcr.io/acme/app full linux/amd64", "ghcr.io/acme/app full linux/arm64");
        assertThat(BuiltPlatforms.of(records).in(image(amd64, arm64)).finished())
                .isEqualTo(Instant.ofEpochMilli(3000));
    }

    @Test
    void mayBeASingleImageInAnyRepository() {
        Descriptor arm64 = built("", "linux/arm64", 1);
        Repository copied = ImageRef.parse("mirror.test/app").repository();

        assertThat(in(new ImageSubjects(copied, arm64, List.of()))).hasSize(1);
    }

    /** As BuildKit leaves it, and an index of indexes has it. */
    @Test
    void mayBeReachedThroughTheIndexOfAnImageAndItsAttestations() {
        Descriptor amd64 = manifest("", "linux/amd64");
        Descriptor root = descriptor("e");
        record("", amd64, root.digest(), 1);

        assertThat(in(image(root, amd64))).containsExactly("ghcr.io/acme/app  linux/amd64");
    }

    @Test
    void countOnceWhereTheSameWasBuiltTwice() {
        Descriptor amd64 = built("", "linux/amd64", 1000);
        record("", amd64, amd64.digest(), 2000);

        BuiltPlatforms built = BuiltPlatforms.of(records).in(image(amd64));

        assertThat(built.all()).hasSize(1);
        assertThat(built.finished()).isEqualTo(Instant.ofEpochMilli(1000));
    }

    @Test
    void leaveOutWhatHasNotBeenBuilt() {
        records.add(PlatformRecord.waiting("ghcr.io/acme/app", "linux/amd64"));
        records.add(PlatformRecord.skipped("ghcr.io/acme/app", "linux/arm64"));

        assertThat(BuiltPlatforms.of(records).all()).isEmpty();
    }

    /** As an index is to which publishIndex appended a platform of another build. */
    @Test
    void refuseAnImageThatHasMore() {
        Descriptor amd64 = built("", "linux/amd64", 1);
        Descriptor other = manifest("of another build", "linux/arm64");
        ImageSubjects image = image(amd64, other);

        assertThatThrownBy(() -> in(image))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This build did not build " + other.digest() + " (linux/arm64), and provenance of "
                        + image.reference()
                        + " would say that it did. Attest what buildMultiArch returned in this build,"
                        + " or say provenance: false, which attests and signs the rest. What others built, verifyImage"
                        + " verifies.");
    }

    /** As whoever writes a Jenkinsfile may push one. */
    @Test
    void areNotAskedOfAnIndexThatHidesAnImageBehindTheirs() throws Exception {
        List<Descriptor> listed = new ArrayList<>(Collections.nCopies(201, built("", "linux/amd64", 1)));
        listed.add(manifest("of another build", "linux/arm64"));
        ImageRef index = ImageRef.of(
                registry.repository("acme/app"),
                registry.addIndex("acme/app", "1.4", listed.toArray(Descriptor[]::new))
                        .digest());

        assertThatThrownBy(() -> in(ImageSubjects.read(HttpRegistry.builder().build(), index)))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The index " + index + " leads to more than 200 images.");
    }

    @Test
    void refuseASingleImageThatWasNotBuiltHere() {
        built("", "linux/amd64", 1);
        Descriptor other = manifest("of another build", "linux/amd64");

        assertThatThrownBy(() -> in(new ImageSubjects(REPOSITORY, other, List.of())))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("This build did not build " + other.digest() + " (linux/amd64), and");
    }

    @Test
    void refuseAnIndexWithoutImages() {
        assertThatThrownBy(() -> in(image()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "This build did not build " + descriptor("d").digest() + ", and");
    }
}

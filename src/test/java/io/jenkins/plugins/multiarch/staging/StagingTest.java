package io.jenkins.plugins.multiarch.staging;

import static io.jenkins.plugins.multiarch.staging.StagedSample.AMD64;
import static io.jenkins.plugins.multiarch.staging.StagedSample.APP;
import static io.jenkins.plugins.multiarch.staging.StagedSample.ARM64;
import static io.jenkins.plugins.multiarch.staging.StagedSample.MIRROR;
import static io.jenkins.plugins.multiarch.staging.StagedSample.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.DockerArchive;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    @TempDir
    private Path folder;

    private StagedSample sample;

    @BeforeEach
    void startWithoutImages() {
        sample = StagedSample.in(folder.resolve("staged"));
    }

    @Test
    void writesAnArchiveForEachPlatformAndWhatDescribesThem() throws Exception {
        Manifest image = sample.twoPlatforms();

        StageRecord record = sample.stage(image);

        assertThat(record.digest()).isEqualTo(image.digest());
        assertThat(sample.files())
                .containsExactly("image.json", "index.json", "linux-amd64.oci.tar", "linux-arm64.oci.tar");
        try (OciLayout archive = OciLayout.open(sample.folder().resolve("linux-arm64.oci.tar"))) {
            assertThat(archive.image("").digest())
                    .isEqualTo(record.platform(ARM64).digest());
        }
        assertThat(sample.folder().resolve("index.json")).hasBinaryContent(image.bytes());
        assertThat(sample.log())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Wrote the image " + image.digest() + " for linux/amd64, linux/arm64 as 2 OCI archives (");
    }

    @Test
    void stagesTheSameBytesAgain() throws Exception {
        Manifest image = sample.twoPlatforms();

        assertThat(sample.stage(image).toJson()).isEqualTo(sample.stage(image).toJson());
    }

    @Test
    void pushesTheVeryIndexWithItsAttestationsAndTagsLast() throws Exception {
        Manifest image = sample.twoPlatforms();
        sample.stage(image);
        sample.registry().forgetRequests();

        try (Unstaging unstaging = sample.unstaging()) {
            ImageRef pushed = unstaging.push(sample.registry(), MIRROR, List.of(new Tag("1.4")));

            assertThat(pushed).hasToString(MIRROR + "@" + image.digest());
        }
        assertThat(sample.registry().find(MIRROR, new Tag("1.4")).orElseThrow().bytes())
                .isEqualTo(image.bytes());
        assertThat(sample.registry().holdings(MIRROR))
                .containsAll(sample.registry().holdings(APP));
        List<String> writes = sample.registry().writes();
        assertThat(writes.get(writes.size() - 1)).contains("1.4");
        assertThat(sample.log())
                .endsWith(
                        "Pushed linux/amd64, linux/arm64 as " + MIRROR + "@" + image.digest() + ".",
                        "Tagged " + MIRROR + ":1.4 as " + image.digest() + ".");
    }

    @Test
    void leavesAloneWhatStandsThere() throws Exception {
        Manifest image = sample.twoPlatforms();
        sample.stage(image);
        try (Unstaging unstaging = sample.unstaging()) {
            unstaging.push(sample.registry(), MIRROR, List.of());
            sample.registry().forgetRequests();

            unstaging.push(sample.registry(), MIRROR, List.of());
        }

        assertThat(sample.registry().writes()).isEmpty();
        assertThat(sample.log()).endsWith("The image stood as " + MIRROR + "@" + image.digest() + " already.");
    }

    @Test
    void writesOneArchiveThatCanBeStagedAgain() throws Exception {
        Manifest image = sample.twoPlatforms();
        StageRecord record = sample.stage(image);
        try (Unstaging unstaging = sample.unstaging()) {
            unstaging.write(folder.resolve("image.tar"), true);
            unstaging.write(folder.resolve("layout"), false);
        }

        assertThat(sample.stage(GateSubject.parse("oci-archive:" + folder.resolve("image.tar")))
                        .toJson())
                .isEqualTo(record.toJson());
        assertThat(sample.stage(GateSubject.parse("oci:" + folder.resolve("layout") + ":app"))
                        .toJson())
                .isEqualTo(record.toJson());
    }

    @Test
    void stagesOnePlatformAsTheImageItself() throws Exception {
        StageRecord record = sample.stage(sample.twoPlatforms(), ARM64);

        assertThat(record.index()).isEmpty();
        assertThat(record.digest()).isEqualTo(record.platform(ARM64).digest());
        assertThat(sample.files()).containsExactly("image.json", "linux-arm64.oci.tar");
        try (Unstaging unstaging = sample.unstaging()) {
            assertThat(unstaging.push(sample.registry(), MIRROR, List.of()).digest())
                    .contains(record.digest());
        }
    }

    @Test
    void joinsSomePlatformsToTheIndexThatPublishingThemMakes() throws Exception {
        ImageIndex image = sample.images()
                .index(
                        sample.images().image("linux/s390x", "a"),
                        sample.images().image("linux/arm64", "b"),
                        sample.images().image("linux/amd64", "c"));

        StageRecord record = sample.stage(image, ARM64, AMD64);

        assertThat(record.digest()).isEqualTo(published(record));
    }

    @Test
    void joinsImagesThatWereStagedApart() throws Exception {
        ImageManifest amd64 = sample.images().image("linux/amd64", "a");
        ImageManifest arm64 = sample.images().image("linux/arm64", "b");
        List<StagedPlatform> platforms = new ArrayList<>(sample.stage(arm64).platforms());
        platforms.addAll(sample.stage(amd64).platforms());

        StageRecord record = StageRecord.of("app", ORIGIN, platforms, List.of(AMD64, ARM64), Map.of("a", "b"));

        assertThat(record.index().orElseThrow().annotations()).containsEntry("a", "b");
        assertThat(record.index().orElseThrow().platforms()).containsExactly(AMD64, ARM64);
        for (Map.Entry<String, byte[]> document : record.documents().entrySet()) {
            Files.write(sample.folder().resolve(document.getKey()), document.getValue());
        }
        try (Unstaging unstaging = sample.unstaging()) {
            assertThat(unstaging.push(sample.registry(), MIRROR, List.of()).digest())
                    .contains(record.digest());
        }
    }

    private Digest published(StageRecord record) throws IOException, InterruptedException {
        List<ChildImage> children = record.platforms().stream()
                .map(platform -> new ChildImage(Optional.of(platform.platform()), ImageRef.of(APP, platform.digest())))
                .toList();
        return new IndexAssembly(sample.registry(), sample.log()::add)
                .publish(new IndexRequest(APP, children, List.of(), List.of(), Map.of()))
                .digest();
    }

    @Test
    void keepsIndexesInsideAnIndex() throws Exception {
        ImageIndex inner = sample.images()
                .index(List.of(
                        sample.images().image("linux/arm64", "b").descriptor().withPlatform(ARM64)));
        Descriptor amd64 =
                sample.images().image("linux/amd64", "c").descriptor().withPlatform(AMD64);
        ImageIndex outer = sample.images().index(List.of(amd64, inner.descriptor()));

        sample.stage(outer);

        try (Unstaging unstaging = sample.unstaging()) {
            unstaging.push(sample.registry(), MIRROR, List.of());
        }
        assertThat(sample.registry().find(MIRROR, outer.digest())).isPresent();
        assertThat(sample.registry().find(MIRROR, inner.digest())).isPresent();
    }

    @Test
    void writesADockerArchiveWithTheImagesOwnConfiguration() throws Exception {
        StageRecord record = sample.stage(sample.twoPlatforms());
        Path file = folder.resolve("docker.tar");

        try (Unstaging unstaging = sample.unstaging()) {
            Digest id = unstaging.writeForDocker(ARM64, "acme/app:test", file);

            try (DockerArchive archive = DockerArchive.open(file)) {
                ImageManifest loaded = (ImageManifest) archive.manifest(archive.image("acme/app:test"));
                assertThat(loaded.config().digest()).isEqualTo(id);
                assertThat(archive.config(loaded).platform()).isEqualTo(ARM64);
            }
        }
        assertThat(sample.log())
                .endsWith("Converted " + record.platform(ARM64).digest()
                        + " for linux/arm64 to a docker-archive, which daemons without the containerd image store load"
                        + " too.");
        assertThat(sample.stage(GateSubject.parse("docker-archive:" + file)).platforms())
                .extracting(StagedPlatform::platform)
                .containsExactly(ARM64);
    }
}

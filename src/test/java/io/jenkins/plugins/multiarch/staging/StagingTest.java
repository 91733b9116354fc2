package io.jenkins.plugins.multiarch.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.DockerArchive;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Repository MIRROR = Repository.parse("registry.example.com/mirror/app");
    private static final Origin ORIGIN = new Origin("acme/app", "42", Instant.parse("2026-11-20T10:00:00Z"));
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages samples = new SampleImages(registry, APP);
    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path folder;

    private Manifest twoPlatforms() throws InterruptedException {
        ImageManifest amd64 = samples.image("linux/amd64", "base", "amd64");
        ImageManifest arm64 = samples.image("linux/arm64", "base", "arm64");
        return samples.prettyDockerList(
                amd64.descriptor().withPlatform(AMD64),
                arm64.descriptor().withPlatform(ARM64),
                samples.attestation(amd64, false));
    }

    private StageRecord stage(Manifest image, Platform... platforms) throws IOException, InterruptedException {
        return stage(GateSubject.parse(APP + "@" + image.digest()), platforms);
    }

    private StageRecord stage(GateSubject subject, Platform... platforms) throws IOException, InterruptedException {
        return new Staging(registry, log::add).stage("app", subject, List.of(platforms), staged(), ORIGIN);
    }

    private Path staged() {
        return folder.resolve("staged");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(staged())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Unstaging unstaging() throws IOException {
        return Unstaging.open(
                StageRecord.read(file -> Files.readAllBytes(staged().resolve(file)), "'app'"), staged(), log::add);
    }

    @Test
    void writesAnArchiveForEachPlatformAndWhatDescribesThem() throws Exception {
        Manifest image = twoPlatforms();

        StageRecord record = stage(image);

        assertThat(record.digest()).isEqualTo(image.digest());
        assertThat(files()).containsExactly("image.json", "index.json", "linux-amd64.oci.tar", "linux-arm64.oci.tar");
        try (OciLayout archive = OciLayout.open(staged().resolve("linux-arm64.oci.tar"))) {
            assertThat(archive.image("").digest())
                    .isEqualTo(record.platform(ARM64).digest());
        }
        assertThat(staged().resolve("index.json")).hasBinaryContent(image.bytes());
        assertThat(log)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Wrote the image " + image.digest() + " for linux/amd64, linux/arm64 as 2 OCI archives (");
    }

    @Test
    void stagesTheSameBytesAgain() throws Exception {
        Manifest image = twoPlatforms();

        assertThat(stage(image).toJson()).isEqualTo(stage(image).toJson());
    }

    @Test
    void pushesTheVeryIndexWithItsAttestationsAndTagsLast() throws Exception {
        Manifest image = twoPlatforms();
        stage(image);
        registry.forgetRequests();

        try (Unstaging unstaging = unstaging()) {
            ImageRef pushed = unstaging.push(registry, MIRROR, List.of(new Tag("1.4")));

            assertThat(pushed).hasToString(MIRROR + "@" + image.digest());
        }
        assertThat(registry.find(MIRROR, new Tag("1.4")).orElseThrow().bytes()).isEqualTo(image.bytes());
        assertThat(registry.holdings(MIRROR)).containsAll(registry.holdings(APP));
        List<String> writes = registry.writes();
        assertThat(writes.get(writes.size() - 1)).contains("1.4");
        assertThat(log)
                .endsWith(
                        "Pushed linux/amd64, linux/arm64 as " + MIRROR + "@" + image.digest() + ".",
                        "Tagged " + MIRROR + ":1.4 as " + image.digest() + ".");
    }

    @Test
    void leavesAloneWhatStandsThere() throws Exception {
        Manifest image = twoPlatforms();
        stage(image);
        try (Unstaging unstaging = unstaging()) {
            unstaging.push(registry, MIRROR, List.of());
            registry.forgetRequests();

            unstaging.push(registry, MIRROR, List.of());
        }

        assertThat(registry.writes()).isEmpty();
        assertThat(log).endsWith("The image stood as " + MIRROR + "@" + image.digest() + " already.");
    }

    @Test
    void writesOneArchiveThatCanBeStagedAgain() throws Exception {
        Manifest image = twoPlatforms();
        StageRecord record = stage(image);
        try (Unstaging unstaging = unstaging()) {
            unstaging.write(folder.resolve("image.tar"), true);
            unstaging.write(folder.resolve("layout"), false);
        }

        assertThat(stage(GateSubject.parse("oci-archive:" + folder.resolve("image.tar")))
                        .toJson())
                .isEqualTo(record.toJson());
        assertThat(stage(GateSubject.parse("oci:" + folder.resolve("layout") + ":app"))
                        .toJson())
                .isEqualTo(record.toJson());
    }

    @Test
    void stagesOnePlatformAsTheImageItself() throws Exception {
        StageRecord record = stage(twoPlatforms(), ARM64);

        assertThat(record.index()).isEmpty();
        assertThat(record.digest()).isEqualTo(record.platform(ARM64).digest());
        assertThat(files()).containsExactly("image.json", "linux-arm64.oci.tar");
        try (Unstaging unstaging = unstaging()) {
            assertThat(unstaging.push(registry, MIRROR, List.of()).digest()).contains(record.digest());
        }
    }

    @Test
    void joinsSomePlatformsToTheIndexThatPublishingThemMakes() throws Exception {
        ImageIndex image = samples.index(
                samples.image("linux/s390x", "a"),
                samples.image("linux/arm64", "b"),
                samples.image("linux/amd64", "c"));

        StageRecord record = stage(image, ARM64, AMD64);

        assertThat(record.digest()).isEqualTo(published(record));
    }

    @Test
    void joinsImagesThatWereStagedApart() throws Exception {
        ImageManifest amd64 = samples.image("linux/amd64", "a");
        ImageManifest arm64 = samples.image("linux/arm64", "b");
        List<StagedPlatform> platforms = new ArrayList<>(stage(arm64).platforms());
        platforms.addAll(stage(amd64).platforms());

        StageRecord record = StageRecord.of("app", ORIGIN, platforms, List.of(AMD64, ARM64), Map.of("a", "b"));

        assertThat(record.index().orElseThrow().annotations()).containsEntry("a", "b");
        assertThat(record.index().orElseThrow().platforms()).containsExactly(AMD64, ARM64);
        for (Map.Entry<String, byte[]> document : record.documents().entrySet()) {
            Files.write(staged().resolve(document.getKey()), document.getValue());
        }
        try (Unstaging unstaging = unstaging()) {
            assertThat(unstaging.push(registry, MIRROR, List.of()).digest()).contains(record.digest());
        }
    }

    private Digest published(StageRecord record) throws IOException, InterruptedException {
        List<ChildImage> children = record.platforms().stream()
                .map(platform -> new ChildImage(Optional.of(platform.platform()), ImageRef.of(APP, platform.digest())))
                .toList();
        return new IndexAssembly(registry, log::add)
                .publish(new IndexRequest(APP, children, List.of(), List.of(), Map.of()))
                .digest();
    }

    @Test
    void keepsIndexesInsideAnIndex() throws Exception {
        ImageIndex inner = samples.index(
                List.of(samples.image("linux/arm64", "b").descriptor().withPlatform(ARM64)));
        Descriptor amd64 = samples.image("linux/amd64", "c").descriptor().withPlatform(AMD64);
        ImageIndex outer = samples.index(List.of(amd64, inner.descriptor()));

        stage(outer);

        try (Unstaging unstaging = unstaging()) {
            unstaging.push(registry, MIRROR, List.of());
        }
        assertThat(registry.find(MIRROR, outer.digest())).isPresent();
        assertThat(registry.find(MIRROR, inner.digest())).isPresent();
    }

    @Test
    void writesADockerArchiveWithTheImagesOwnConfiguration() throws Exception {
        StageRecord record = stage(twoPlatforms());
        Path file = folder.resolve("docker.tar");

        try (Unstaging unstaging = unstaging()) {
            Digest id = unstaging.writeForDocker(ARM64, "acme/app:test", file);

            try (DockerArchive archive = DockerArchive.open(file)) {
                ImageManifest loaded = (ImageManifest) archive.manifest(archive.image("acme/app:test"));
                assertThat(loaded.config().digest()).isEqualTo(id);
                assertThat(archive.config(loaded).platform()).isEqualTo(ARM64);
            }
        }
        assertThat(log)
                .endsWith("Converted " + record.platform(ARM64).digest()
                        + " for linux/arm64 to a docker-archive, which daemons without the containerd image store load"
                        + " too.");
        assertThat(stage(GateSubject.parse("docker-archive:" + file)).platforms())
                .extracting(StagedPlatform::platform)
                .containsExactly(ARM64);
    }

    @Test
    void refusesAPlatformThatTheImageDoesNotHave() throws Exception {
        Manifest image = samples.image("linux/amd64", "a");

        assertThatThrownBy(() -> stage(image, ARM64))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(APP + "@" + image.digest() + " has no image for linux/arm64, it has linux/amd64. Ask for a"
                        + " platform that it has, or build the missing one.");
    }

    @Test
    void refusesToLoadAPlatformThatWasNotStaged() throws Exception {
        stage(samples.image("linux/amd64", "a"));

        try (Unstaging unstaging = unstaging()) {
            assertThatThrownBy(() -> unstaging.writeForDocker(ARM64, "app:test", folder.resolve("docker.tar")))
                    .hasMessage("'app' was not staged for linux/arm64; there is linux/amd64. Stage it for linux/arm64"
                            + " too, or name a platform that it has.");
        }
    }

    @Test
    void refusesAnArchiveOfAnotherImage() throws Exception {
        Manifest image = twoPlatforms();
        StageRecord record = stage(image);
        Path archive = staged().resolve("linux-arm64.oci.tar");
        Files.copy(staged().resolve("linux-amd64.oci.tar"), folder.resolve("amd64.tar"));
        Files.move(folder.resolve("amd64.tar"), archive, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::unstaging)
                .isInstanceOf(ReleaseException.class)
                .hasMessage("linux-arm64.oci.tar holds the image "
                        + record.platform(AMD64).digest() + ", and "
                        + record.platform(ARM64).digest()
                        + " was staged for linux/arm64. Do not use it; it was changed after it was staged. Stage the"
                        + " image again.");
    }

    /** It has no blocks, and would not fit into any array. */
    @Test
    void readsNoMoreOfARecordThanItsLimit() throws Exception {
        Path staged = Files.createDirectory(folder.resolve("huge"));
        try (RandomAccessFile file =
                new RandomAccessFile(staged.resolve(StageRecord.RECORD).toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThatThrownBy(() -> Unstaging.open(staged, line -> {}))
                .hasMessageStartingWith("The staged image in " + staged + " cannot be used: its " + StageRecord.RECORD
                        + " has more than 8388608 bytes. ");
    }

    @Test
    void refusesToPushWithoutAnArchive() throws Exception {
        StageRecord record = stage(twoPlatforms());
        Files.delete(staged().resolve("linux-arm64.oci.tar"));

        try (Unstaging unstaging = unstaging()) {
            assertThatThrownBy(() -> unstaging.push(registry, MIRROR, List.of()))
                    .hasMessage("None of the archives of the staged image 'app' holds "
                            + record.platform(ARM64).digest()
                            + ". Stage the image again; something of it was left out.");
        }
        assertThat(registry.holdings(MIRROR)).isEmpty();
    }

    @Test
    void refusesTwoImagesForOnePlatform() throws Exception {
        ImageManifest one = samples.image("linux/amd64", "a");
        ImageManifest other = samples.image("linux/amd64", "b");
        ImageIndex image = samples.index(one, other);

        assertThatThrownBy(() -> stage(image))
                .hasMessage(APP + "@" + image.digest() + " has two images for linux/amd64: " + one.digest() + " and "
                        + other.digest()
                        + ". Publish an index with one image for each platform, or stage one of them by its digest.");
    }

    @Test
    void refusesWhatIsNoImage() throws Exception {
        ImageManifest image = samples.image("linux/amd64", "a");
        ImageManifest remark = samples.referrer(image, "remark");
        ImageIndex empty = samples.index(List.of());
        ImageManifest blank = samples.image(io.jenkins.plugins.multiarch.image.Json.object(), "a");

        assertThatThrownBy(() -> stage(remark))
                .hasMessage(APP + "@" + remark.digest() + " holds " + remark.digest()
                        + ", which is not an image but an artifact of type 'application/vnd.example.remark'. Stage an"
                        + " image; artifacts belong to it as referrers.");
        assertThatThrownBy(() -> stage(empty))
                .hasMessage(APP + "@" + empty.digest()
                        + " is an index without images. Build it again, and look at its log.");
        assertThatThrownBy(() -> stage(blank))
                .hasMessage(blank.digest() + " in " + APP + "@" + blank.digest()
                        + " does not say which platform it is for. Build it again with a tool that writes 'os' and"
                        + " 'architecture' into the configuration.");
    }

    @Test
    void refusesIndexesThatNestTooDeep() throws Exception {
        ImageIndex index = samples.index(samples.image("linux/amd64", "a"));
        for (int i = 0; i < 5; i++) {
            index = samples.index(index);
        }
        ImageIndex deep = index;

        assertThatThrownBy(() -> stage(deep))
                .hasMessage(APP + "@" + deep.digest()
                        + " has more than 4 indexes inside each other. Give the digests of its images instead.");
    }

    @Test
    void refusesMorePlatformsThanThereAre() throws Exception {
        List<Descriptor> images = new ArrayList<>();
        for (int i = 0; i <= 128; i++) {
            images.add(samples.image("linux/cpu" + i, "a").descriptor());
        }
        ImageIndex index = samples.index(images);

        assertThatThrownBy(() -> stage(index))
                .hasMessage(APP + "@" + index.digest()
                        + " has more than 128 images. Stage the images of its platforms instead.");
    }
}

package io.jenkins.plugins.multiarch.staging;

import static io.jenkins.plugins.multiarch.staging.StagedSample.AMD64;
import static io.jenkins.plugins.multiarch.staging.StagedSample.APP;
import static io.jenkins.plugins.multiarch.staging.StagedSample.ARM64;
import static io.jenkins.plugins.multiarch.staging.StagedSample.MIRROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that cannot be staged, and staged ones that cannot be used. */
class StagingRefusalsTest {
    @TempDir
    private Path folder;

    private StagedSample sample;

    @BeforeEach
    void startWithoutImages() {
        sample = StagedSample.in(folder.resolve("staged"));
    }

    @Test
    void refusesAPlatformThatTheImageDoesNotHave() throws Exception {
        Manifest image = sample.images().image("linux/amd64", "a");

        assertThatThrownBy(() -> sample.stage(image, ARM64))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(APP + "@" + image.digest() + " has no image for linux/arm64, it has linux/amd64. Ask for a"
                        + " platform that it has, or build the missing one.");
    }

    @Test
    void refusesToLoadAPlatformThatWasNotStaged() throws Exception {
        sample.stage(sample.images().image("linux/amd64", "a"));

        try (Unstaging unstaging = sample.unstaging()) {
            assertThatThrownBy(() -> unstaging.writeForDocker(ARM64, "app:test", folder.resolve("docker.tar")))
                    .hasMessage("'app' was not staged for linux/arm64; there is linux/amd64. Stage it for linux/arm64"
                            + " too, or name a platform that it has.");
        }
    }

    @Test
    void refusesAnArchiveOfAnotherImage() throws Exception {
        Manifest image = sample.twoPlatforms();
        StageRecord record = sample.stage(image);
        Path archive = sample.folder().resolve("linux-arm64.oci.tar");
        Files.copy(sample.folder().resolve("linux-amd64.oci.tar"), folder.resolve("amd64.tar"));
        Files.move(folder.resolve("amd64.tar"), archive, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(sample::unstaging)
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
        StageRecord record = sample.stage(sample.twoPlatforms());
        Files.delete(sample.folder().resolve("linux-arm64.oci.tar"));

        try (Unstaging unstaging = sample.unstaging()) {
            assertThatThrownBy(() -> unstaging.push(sample.registry(), MIRROR, List.of()))
                    .hasMessage("None of the archives of the staged image 'app' holds "
                            + record.platform(ARM64).digest()
                            + ". Stage the image again; something of it was left out.");
        }
        assertThat(sample.registry().holdings(MIRROR)).isEmpty();
    }

    @Test
    void refusesTwoImagesForOnePlatform() throws Exception {
        ImageManifest one = sample.images().image("linux/amd64", "a");
        ImageManifest other = sample.images().image("linux/amd64", "b");
        ImageIndex image = sample.images().index(one, other);

        assertThatThrownBy(() -> sample.stage(image))
                .hasMessage(APP + "@" + image.digest() + " has two images for linux/amd64: " + one.digest() + " and "
                        + other.digest()
                        + ". Publish an index with one image for each platform, or stage one of them by its digest.");
    }

    @Test
    void refusesWhatIsNoImage() throws Exception {
        ImageManifest image = sample.images().image("linux/amd64", "a");
        ImageManifest remark = sample.images().referrer(image, "remark");
        ImageIndex empty = sample.images().index(List.of());
        ImageManifest blank = sample.images().image(Json.object(), "a");

        assertThatThrownBy(() -> sample.stage(remark))
                .hasMessage(APP + "@" + remark.digest() + " holds " + remark.digest()
                        + ", which is not an image but an artifact of type 'application/vnd.example.remark'. Stage an"
                        + " image; artifacts belong to it as referrers.");
        assertThatThrownBy(() -> sample.stage(empty))
                .hasMessage(APP + "@" + empty.digest()
                        + " is an index without images. Build it again, and look at its log.");
        assertThatThrownBy(() -> sample.stage(blank))
                .hasMessage(blank.digest() + " in " + APP + "@" + blank.digest()
                        + " does not say which platform it is for. Build it again with a tool that writes 'os' and"
                        + " 'architecture' into the configuration.");
    }

    @Test
    void refusesIndexesThatNestTooDeep() throws Exception {
        ImageIndex index = sample.images().index(sample.images().image("linux/amd64", "a"));
        for (int i = 0; i < 5; i++) {
            index = sample.images().index(index);
        }
        ImageIndex deep = index;

        assertThatThrownBy(() -> sample.stage(deep))
                .hasMessage(APP + "@" + deep.digest()
                        + " has more than 4 indexes inside each other. Give the digests of its images instead.");
    }

    @Test
    void refusesMorePlatformsThanThereAre() throws Exception {
        List<Descriptor> images = new ArrayList<>();
        for (int i = 0; i <= 128; i++) {
            images.add(sample.images().image("linux/cpu" + i, "a").descriptor());
        }
        ImageIndex index = sample.images().index(images);

        assertThatThrownBy(() -> sample.stage(index))
                .hasMessage(APP + "@" + index.digest()
                        + " has more than 128 images. Stage the images of its platforms instead.");
    }
}

package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltImagesPushTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");

    @TempDir
    Path folder;

    private SampleBuild sample;
    private BuiltImages images;

    @BeforeEach
    void buildForTwoPlatforms() throws IOException, InterruptedException {
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY app /\n");
        sample = new SampleBuild(context).file("app", "the same for both");
        images = sample.build(BuildRequest.of(context, Platform.parseAll(List.of("linux/amd64", "linux/arm64"))));
    }

    @AfterEach
    void forget() throws IOException {
        images.close();
    }

    private BuiltImage image(int number) {
        return images.images().get(number);
    }

    private static String blob(Digest digest) {
        return "PUT-BLOB " + APP + " " + digest;
    }

    private static String manifest(BuiltImage image) {
        return "PUT " + APP + " " + image.digest();
    }

    @Test
    void pushesWhatPlatformsShareOnceAndManifestsAfterAllBlobs() throws InterruptedException {
        images.push(APP);

        List<String> writes = sample.registry().writes();
        assertThat(writes)
                .containsExactlyInAnyOrder(
                        blob(image(0).layers().get(0).descriptor().digest()),
                        blob(image(0).manifest().config().digest()),
                        blob(image(1).manifest().config().digest()),
                        manifest(image(0)),
                        manifest(image(1)));
        assertThat(writes.subList(3, 5)).containsExactlyInAnyOrder(manifest(image(0)), manifest(image(1)));
    }

    @Test
    void logsInTheOrderOfThePlatforms() throws InterruptedException {
        images.push(APP);

        assertThat(sample.log())
                .containsExactly(
                        "Pushed linux/amd64 as ghcr.io/acme/app@" + image(0).digest() + ".",
                        "Pushed linux/arm64 as ghcr.io/acme/app@" + image(1).digest() + ".");
    }

    @Test
    void pushesOnlyTheImageThatIsMissing() throws InterruptedException {
        images.push(APP);
        sample.registry().delete(APP, image(1).digest());
        sample.registry().forgetRequests();

        images.push(APP);

        assertThat(sample.registry().writes()).contains(manifest(image(1))).doesNotContain(manifest(image(0)));
        assertThat(sample.log())
                .endsWith(
                        "linux/amd64 stood as ghcr.io/acme/app@" + image(0).digest() + " already.",
                        "Pushed linux/arm64 as ghcr.io/acme/app@" + image(1).digest() + ".");
    }

    @Test
    void stopsTheOtherUploadsWhereOneFails() {
        String layer = blob(image(0).layers().get(0).descriptor().digest());
        String config = blob(image(0).manifest().config().digest());
        CountDownLatch uploading = new CountDownLatch(1);
        AtomicBoolean stopped = new AtomicBoolean();
        sample.registry().before(request -> {
            if (request.equals(config)) {
                uploading.await();
                throw new ReleaseException("The disk is full.", "Make room.");
            }
            if (request.equals(layer)) {
                uploading.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    stopped.set(true);
                }
            }
        });

        assertThatThrownBy(() -> images.push(APP)).hasMessage("The disk is full. Make room.");

        assertThat(stopped).isTrue();
        assertThat(sample.registry().writes()).doesNotContain(manifest(image(0)), manifest(image(1)));
    }
}

package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blobs that are asked for a slice at a time, so that no more than a slice is ever on its way. */
class HttpRegistrySlicesTest {
    private static final int SLICE = 1 << 20;

    @TempDir
    private Path folder;

    private FakeRegistry fake;
    private byte[] content;
    private Descriptor layer;
    private String path;

    private void start(FakeRegistryBuilder options, int size) {
        fake = options.start();
        content = new byte[size];
        new Random(7).nextBytes(content);
        layer = fake.addBlob("acme/app", MediaTypes.OCI_LAYER, content);
        path = "/v2/acme/app/blobs/" + layer.digest();
    }

    @AfterEach
    void close() {
        if (fake != null) {
            fake.close();
        }
    }

    private byte[] read(FakeRegistry... trusted) throws IOException, InterruptedException {
        HttpRegistryBuilder registry = HttpRegistry.builder()
                .slice(SLICE)
                .backoff(new Backoff(3, Duration.ofMillis(1)))
                .limits(new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        if (trusted.length > 0) {
            Path authority = Files.writeString(folder.resolve("ca.pem"), trusted[0].authority());
            registry.extraCertificates(List.of(authority));
        }
        try (InputStream in = registry.build().open(fake.repository("acme/app"), layer)) {
            return in.readAllBytes();
        }
    }

    private List<Integer> answers(FakeRegistry registry) {
        return registry.requests("GET", path).stream()
                .map(LoggedRequest::status)
                .toList();
    }

    @Test
    void asksForALargeBlobSliceBySlice() throws Exception {
        start(FakeRegistry.builder(), 2 * SLICE + 5);

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(206, 206, 206);
    }

    @Test
    void asksForNothingBehindTheLastFullSlice() throws Exception {
        start(FakeRegistry.builder(), 2 * SLICE);

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(206, 206);
    }

    @Test
    void asksForABlobOfOneSliceAsAWhole() throws Exception {
        start(FakeRegistry.builder(), SLICE);

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(200);
    }

    @Test
    void asksForALargeBlobAsAWholeWithTls() throws Exception {
        start(FakeRegistry.builder().withTls(), SLICE + 1);

        assertThat(read(fake)).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(200);
    }

    @Test
    void asksForTheRestAsAWholeWhereItWasRedirectedToTls() throws Exception {
        start(FakeRegistry.builder(), 3 * SLICE);
        try (FakeRegistry storage = FakeRegistry.builder().withTls().start()) {
            storage.addBlob("acme/app", MediaTypes.OCI_LAYER, content);
            fake.on("GET", path).always().fail(Fault.redirect(storage.url() + path));

            assertThat(read(storage)).isEqualTo(content);

            assertThat(answers(storage)).containsExactly(206, 206);
        }
    }

    @Test
    void takesTheWholeBlobFromARegistryThatKnowsNoRanges() throws Exception {
        start(FakeRegistry.builder().with(Trait.NO_RANGES), 2 * SLICE + 5);

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(200);
    }

    @Test
    void skipsWhatItHasWhereOneAnswerOfSeveralIsTheWholeBlob() throws Exception {
        start(FakeRegistry.builder(), 3 * SLICE);
        try (FakeRegistry other = FakeRegistry.builder().with(Trait.NO_RANGES).start()) {
            other.addBlob("acme/app", MediaTypes.OCI_LAYER, content);
            fake.on("GET", path).occurrence(2).fail(Fault.redirect(other.url() + path));

            assertThat(read()).isEqualTo(content);

            assertThat(answers(fake)).containsExactly(206, 307);
            assertThat(answers(other)).containsExactly(200);
        }
    }

    @Test
    void takesASliceUpWhereItBroke() throws Exception {
        start(FakeRegistry.builder(), 2 * SLICE);
        fake.on("GET", path).occurrence(2).fail(Fault.resetInResponseBody(100_000));

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(206, 206, 206);
    }

    @Test
    void goesOnAfterASliceThatIsShorterThanWasAskedFor() throws Exception {
        start(FakeRegistry.builder(), 2 * SLICE);
        fake.on("GET", path).fail(Fault.truncatedBody(SLICE / 2));

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).containsExactly(206, 206, 206);
    }

    @Test
    void countsNoSliceAsAFailure() throws Exception {
        start(FakeRegistry.builder(), 8 * SLICE);
        fake.on("GET", path).occurrence(2).fail(Fault.resetInResponseBody(0));
        fake.on("GET", path).occurrence(5).fail(Fault.resetInResponseBody(0));
        fake.on("GET", path).occurrence(8).fail(Fault.resetInResponseBody(0));

        assertThat(read()).isEqualTo(content);

        assertThat(answers(fake)).hasSize(8 + 3).containsOnly(206);
    }

    @Test
    void refusesABlobWhoseNextSliceIsEmpty() {
        start(FakeRegistry.builder(), 2 * SLICE);
        fake.on("GET", path).occurrence(2).fail(Fault.truncatedBody(0));

        assertThatThrownBy(this::read)
                .isInstanceOf(RegistryException.class)
                .hasMessage("The blob " + layer.digest() + " came with " + SLICE + " bytes instead of " + 2 * SLICE
                        + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @ParameterizedTest
    @CsvSource({"16, 4", "64, 4", "512, 32", "1024, 64", "1048576, 64"})
    void makesSlicesThatTheHeapHasRoomForManyOf(long heap, int slice) {
        assertThat(BlobPull.slice(heap << 20)).isEqualTo(slice << 20);
    }
}

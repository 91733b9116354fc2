package io.jenkins.plugins.multiarch.promote;

import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.repository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others may have put beside images. */
class ForeignReceiptsTest {
    private final ReleaseHistory history = new ReleaseHistory();
    private final Repository api = repository("api");

    private List<Receipt> beside(String name, String version) throws InterruptedException {
        return history.receipts().beside(repository(name), history.digest(name, version));
    }

    @Test
    void ofOthersThatCannotBeReadArePassedOver() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        Manifest image = history.image("api", "1.0.0");
        plant(image, "not json");
        plant(image, "{\"_type\":\"https://in-toto.io/Statement/v1\"}");
        Receipt real = beside("api", "1.0.0").get(0);
        plant(image, new String(real.statement().toBytes(), StandardCharsets.UTF_8).replace("1.0.0", "9.9.9"));
        plant(image, new String(real.statement().toBytes(), StandardCharsets.UTF_8).replace("promotion/v1", "x/v1"));

        assertThat(beside("api", "1.0.0")).containsExactly(real);
    }

    @Test
    void areRefusedWhereThereIsNoEndOfThem() throws IOException, InterruptedException {
        history.promote("1.0.0", "api");
        Manifest image = history.image("api", "1.0.0");
        for (int i = 0; i < 200; i++) {
            plant(image, "junk " + i);
        }

        assertThatThrownBy(() -> beside("api", "1.0.0"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(api + "@" + image.digest() + " has 201 referrers that may be receipts. Nobody promotes an"
                        + " image more than 200 times; delete those that do not belong there.");
    }

    @Test
    void areNotPassedOverWhereTheConnectionBreaks() throws InterruptedException {
        try (FakeRegistry remote = FakeRegistry.start()) {
            PromotedSet release = new PromotedSet(remote);
            Registry client = HttpRegistry.builder()
                    .backoff(new Backoff(1, Duration.ofMillis(1)))
                    .build();
            Repository there = release.rollback().repositories().get(0);
            Digest image = remote.tagged(there.path(), "latest").orElseThrow();
            Receipts receipts = new Receipts(client, Optional.empty(), Optional.empty());
            remote.on("GET", "*/blobs/*").fail(Fault.resetInResponseBody(9));

            assertThatThrownBy(() -> receipts.beside(there, image)).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void sayWhatIsWrongWithWhatIsNone() {
        assertThatThrownBy(() -> Receipt.read(Json.object()))
                .hasMessage("This is not the receipt of a promotion: its version is 0. Use the version that wrote it.");
    }

    private void plant(Manifest about, String text) throws InterruptedException {
        SampleImages samples = new SampleImages(history.registry, api);
        Descriptor content = samples.blob("application/vnd.in-toto+json", text.getBytes(StandardCharsets.UTF_8));
        samples.put(ImageManifest.artifact(
                Receipts.PLAIN_TYPE, List.of(content), Optional.of(about.descriptor()), Map.of()));
    }
}

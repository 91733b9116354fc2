package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a copy costs in requests, and what it does when connections break. */
class ImageCopyOverHttpTest {
    private static final Tag V1 = new Tag("1.4");

    private final FakeRegistry source = FakeRegistry.builder()
            .imitating(Quirks.DOCKER_REGISTRY)
            .withBearerTokens("ci", "secret")
            .start();
    private final HttpRegistry registry = HttpRegistry.builder()
            .backoff(new Backoff(4, Duration.ofMillis(1)))
            .credentials(repository -> Optional.of(Credentials.password("ci", "secret")))
            .build();
    private final SampleImages images = new SampleImages(registry, source.repository("acme/app"));
    private final ImageCopy copy = new ImageCopy(registry, line -> {});

    @AfterEach
    void stop() {
        source.close();
    }

    @Test
    void setsATagWithThreeRequestsWhereTheTokenIsKnown() throws InterruptedException {
        Manifest index = twoPlatforms();
        source.clearRequests();

        copy.copy(
                source.repository("acme/app"),
                index.digest(),
                source.repository("acme/app"),
                List.of(V1),
                CopyScope.REFERRERS);

        assertThat(lines(source))
                .containsExactly(
                        "GET /v2/acme/app/manifests/" + index.digest(),
                        "PUT /v2/acme/app/manifests/1.4",
                        "HEAD /v2/acme/app/manifests/1.4");
    }

    @Test
    void copiesTwoPlatformsInsideOneRegistryWithoutSendingABlob() throws InterruptedException {
        Manifest index = twoPlatforms();
        copy.copy(
                source.repository("acme/app"),
                index.digest(),
                source.repository("acme/warm"),
                List.of(),
                CopyScope.IMAGE);
        source.clearRequests();

        copy.copy(
                source.repository("acme/app"),
                index.digest(),
                source.repository("acme/released"),
                List.of(V1),
                CopyScope.IMAGE);

        assertThat(lines(source).stream()
                        .filter(line -> line.startsWith("/v2", line.indexOf('/')))
                        .map(line -> line.substring(0, line.indexOf(' '))))
                .as("1 index and 2 images read, looked for and written, 5 blobs mounted, 1 tag set and read back")
                .containsExactlyInAnyOrder(
                        "GET", "GET", "GET", "HEAD", "HEAD", "HEAD", "POST", "POST", "POST", "POST", "POST", "PUT",
                        "PUT", "PUT", "HEAD");
        assertThat(source.tagged("acme/released", "1.4")).contains(index.digest());
    }

    @Test
    void sendsBlobsWhereNothingIsMounted() throws InterruptedException {
        try (FakeRegistry stubborn = FakeRegistry.builder().with(Trait.NO_MOUNT).start()) {
            Manifest image = stubborn.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");

            CopyReport report = copy.copy(
                    stubborn.repository("acme/app"),
                    image.digest(),
                    stubborn.repository("acme/released"),
                    List.of(V1),
                    CopyScope.IMAGE);

            assertThat(report.blobsMounted()).isZero();
            assertThat(report.blobsUploaded()).isPositive();
            assertThat(stubborn.uploadsUnderWay()).isZero();
            assertThat(stubborn.tagged("acme/released", "1.4")).contains(image.digest());
        }
    }

    @Test
    void keepsReferrersFindableWhetherTheRegistryListsThemOrNot() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(List.of(amd.descriptor(), images.attestation(amd, true)));
        Manifest sbom = images.referrer(index, "sbom");
        Manifest signature = images.referrer(sbom, "signature");
        try (FakeRegistry listing = FakeRegistry.start();
                FakeRegistry plain =
                        FakeRegistry.builder().imitating(Quirks.GHCR).start()) {
            for (FakeRegistry target : List.of(listing, plain)) {
                copy.copy(
                        source.repository("acme/app"),
                        index.digest(),
                        target.repository("m/app"),
                        List.of(V1),
                        CopyScope.REFERRERS);

                assertThat(referrers(target, index.digest())).containsExactly(sbom.digest());
                assertThat(referrers(target, sbom.digest())).containsExactly(signature.digest());
                assertThat(referrers(target, amd.digest())).hasSize(1);
            }
            assertThat(listing.tags("m/app")).containsExactly("1.4");
            assertThat(plain.tags("m/app")).contains("sha256-" + index.digest().hex());
        }
    }

    private List<Digest> referrers(FakeRegistry target, Digest subject) throws InterruptedException {
        return registry.referrers(target.repository("m/app"), subject, "").stream()
                .map(Descriptor::digest)
                .toList();
    }

    @Test
    void getsOverBrokenConnectionsOnBothSides() throws InterruptedException {
        byte[] content = new byte[3 << 20];
        new Random(4).nextBytes(content);
        Descriptor layer = images.blob(MediaTypes.OCI_LAYER, content);
        Manifest image = images.put(
                ImageManifest.of(images.blob(MediaTypes.OCI_CONFIG, "{}".getBytes()), List.of(layer), Map.of()));
        try (FakeRegistry target = FakeRegistry.start()) {
            source.on("GET", "/v2/acme/app/blobs/" + layer.digest()).fail(Fault.resetInResponseBody(1 << 20));
            target.on("PUT", "/v2/m/app/blobs/uploads/*").fail(Fault.resetInRequestBody(2 << 20));
            target.on("PUT", "/v2/m/app/manifests/1.4").fail(Fault.status(503));

            copy.copy(
                    source.repository("acme/app"),
                    image.digest(),
                    target.repository("m/app"),
                    List.of(V1),
                    CopyScope.IMAGE);

            assertThat(target.hasBlob("m/app", layer.digest())).isTrue();
            assertThat(target.tagged("m/app", "1.4")).contains(image.digest());
        }
    }

    @Test
    void setsNoTagWhereALayerArrivesDamaged() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "a layer that somebody changed");
        Digest layer = image.children().get(1).digest();
        try (FakeRegistry target = FakeRegistry.start()) {
            source.on("GET", "/v2/acme/app/blobs/" + layer).always().fail(Fault.corruptedBody());

            assertThatThrownBy(() -> copy.copy(
                            source.repository("acme/app"),
                            image.digest(),
                            target.repository("m/app"),
                            List.of(V1),
                            CopyScope.IMAGE))
                    .hasMessageContaining(layer.toString());
            assertThat(target.tags("m/app")).isEmpty();
            assertThat(target.hasBlob("m/app", layer)).isFalse();
        }
    }

    @Test
    void endsWhenInterruptedWhileARegistryIsSilent() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "x");
        try (FakeRegistry target = FakeRegistry.start()) {
            target.on("POST", "/v2/m/app/blobs/uploads/").always().fail(Fault.hang());
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread copying = new Thread(() -> {
                try {
                    copy.copy(
                            source.repository("acme/app"),
                            image.digest(),
                            target.repository("m/app"),
                            List.of(V1),
                            CopyScope.IMAGE);
                } catch (InterruptedException | RuntimeException e) {
                    thrown.set(e);
                }
            });

            copying.start();
            target.awaitHanging();
            copying.interrupt();
            copying.join();
            target.release();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(target.tags("m/app")).isEmpty();
        }
    }

    private Manifest twoPlatforms() throws InterruptedException {
        ImageManifest amd = images.image("linux/amd64", "base", "amd");
        ImageManifest arm = images.image("linux/arm64", "base", "arm");
        return images.index(List.of(
                amd.descriptor().withPlatform(Platform.parse("linux/amd64")),
                arm.descriptor().withPlatform(Platform.parse("linux/arm64"))));
    }

    private static List<String> lines(FakeRegistry registry) {
        List<String> lines = new ArrayList<>();
        for (LoggedRequest request : registry.requests()) {
            lines.add(request.method() + " " + request.path());
        }
        return lines;
    }
}

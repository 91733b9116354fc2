package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole text of what registries refuse. */
class HttpRegistryErrorTest {
    private static final Tag V1 = new Tag("1.4");
    private static final String MANIFEST = "/v2/acme/app/manifests/1.4";

    private final Registry registry =
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build();
    private FakeRegistry fake;
    private Repository app;
    private Manifest image;

    private void start(FakeRegistryBuilder options) {
        fake = options.start();
        app = fake.repository("acme/app");
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void tellsThatATagIsImmutable() {
        start(FakeRegistry.builder().imitating(Quirks.ECR).with(Trait.IMMUTABLE_TAGS));
        Manifest other = fake.addImage("acme/app", "1.5", "linux/amd64");

        assertThatThrownBy(() -> registry.put(app, V1, other))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(
                        "PUT " + fake.address() + MANIFEST + " was answered with 400 TAG_INVALID (The image"
                                + " tag '1.4' already exists in the 'acme/app' repository and cannot be overwritten")
                .hasMessageEndingWith(
                        "The tag is immutable there: choose another tag, or change the repository's rule.");
    }

    @Test
    void tellsThatDeletingIsSwitchedOff() {
        start(FakeRegistry.builder().with(Trait.DELETE_DISABLED));

        assertThatThrownBy(() -> registry.delete(app, image.digest()))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isUnsupported()).isTrue())
                .hasMessage("DELETE " + fake.address() + "/v2/acme/app/manifests/" + image.digest()
                        + " was answered with 405 UNSUPPORTED (the operation is unsupported). Switch deletion on in the"
                        + " registry (docker-registry: storage.delete.enabled), or delete there.");
    }

    @Test
    void tellsThatTagsCannotBeDeleted() {
        start(FakeRegistry.builder().imitating(Quirks.DOCKER_REGISTRY));

        assertThatThrownBy(() -> registry.deleteTag(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isUnsupported()).isTrue())
                .hasMessage(app + ":1.4 was not deleted: this registry cannot delete a tag without its manifest."
                        + " Delete the manifest by its digest, which takes all its tags, or move the tag elsewhere.");
    }

    @Test
    void tellsThatARepositoryHasToBeMadeFirst() {
        start(FakeRegistry.builder().with(Trait.NO_AUTO_CREATION));
        Repository absent = fake.repository("acme/absent");

        assertThatThrownBy(() -> registry.push(absent, Blob.of(MediaTypes.OCI_LAYER, new byte[1])))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "POST " + fake.address() + "/v2/acme/absent/blobs/uploads/ was answered with 404 NAME_UNKNOWN"
                                + " (The repository acme/absent does not exist). Create the repository (or its project) first,"
                                + " or check its name and that you may see it.");
    }

    @Test
    void tellsThatAChildIsStillListed() {
        start(FakeRegistry.builder().imitating(Quirks.ECR));
        Manifest index = fake.addImage("acme/app", "2.0", "linux/amd64", "linux/arm64");

        assertThatThrownBy(() -> registry.delete(app, index.children().get(0).digest()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo("ImageReferencedByManifestList"));
    }

    @Test
    void tellsWhatAProxySaidInPlainText() {
        start(FakeRegistry.builder());
        fake.on("GET", MANIFEST).fail(Fault.status(502));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + MANIFEST
                        + " was answered with 502. The registry has trouble; try again in a while.");
    }

    @Test
    void tellsWhenToAskAgain() {
        start(FakeRegistry.builder().imitating(Quirks.DOCKER_HUB).withPullLimit(0));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessage(
                        "GET " + fake.address() + MANIFEST + " was answered with 429 TOOMANYREQUESTS (You have reached"
                                + " your pull rate limit.). Ask again in 1 s, with credentials that have a higher limit, or less"
                                + " often.");
    }

    @Test
    void tellsThatTheRegistryChangedWhatItWasSent() {
        start(FakeRegistry.builder());
        fake.on("PUT", MANIFEST).fail(Fault.wrongDigestHeader());

        assertThatThrownBy(() -> registry.put(app, V1, image))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "PUT " + fake.address() + MANIFEST + " was answered with the digest sha256:" + "0".repeat(64)
                                + " instead of " + image.digest()
                                + ". The registry changed what it was sent; do not use it for releases.");
    }

    @Test
    void refusesToHoldChunksThatDoNotFitIntoMemory() {
        start(FakeRegistry.builder());
        fake.on("POST", "*").fail(Fault.header("OCI-Chunk-Min-Length", "1073741824"));

        assertThatThrownBy(() -> registry.push(app, Blob.of(MediaTypes.OCI_LAYER, new byte[1])))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "POST " + fake.address() + "/v2/acme/app/blobs/uploads/ was answered with the wish for chunks"
                                + " of 1073741824 bytes. Ask whoever runs the registry to take chunks of 33554432 bytes or"
                                + " fewer.");
    }

    @Test
    void readsNoListWithoutEnd() {
        start(FakeRegistry.builder().withPageSize(1));
        Digest image = fake.tagged("acme/app", "1.4").orElseThrow();
        for (int i = 0; i < 2001; i++) {
            fake.tag("acme/app", "t" + i, image);
        }

        assertThatThrownBy(() -> registry.tags(app))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "GET " + fake.address() + "/v2/acme/app/tags/list was answered with the link to page 2001 of a"
                                + " list. No honest list is that long; ask whoever runs the registry to correct it.");
    }

    @Test
    void stopsReadingThousandsOfReferrers() {
        start(FakeRegistry.builder().withPageSize(2500));
        for (int i = 0; i <= 10_000; i++) {
            fake.addReferrer("acme/app", image, "application/spdx+json", "sbom " + i);
        }

        assertThatThrownBy(() -> registry.referrers(app, image.digest(), ""))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(app + "@" + image.digest() + " has more than 10000 referrers."
                        + " Somebody fills the repository; delete those that do not belong there.");
    }

    @Test
    void stopsReadingReferrersWithLongAnnotations() throws Exception {
        start(FakeRegistry.builder().withPageSize(1));
        Descriptor layer = fake.addBlob("acme/app", "text/plain", new byte[1]);
        for (int i = 0; i < 3; i++) {
            fake.addManifest(
                    "acme/app",
                    ImageManifest.artifact(
                            "text/plain",
                            List.of(layer),
                            Optional.of(image.descriptor()),
                            Map.of("remark", i + "x".repeat(3 << 20))));
        }

        assertThatThrownBy(() -> registry.referrers(app, image.digest(), ""))
                .isInstanceOf(WrongContentException.class)
                .hasMessageContaining("/referrers/" + image.digest())
                .hasMessageContaining(" was answered with more than 8388608 bytes. ");
    }

    @Test
    void tellsThatThereIsNoAddressToUploadTo() {
        start(FakeRegistry.builder());
        fake.on("POST", "*").fail(Fault.withoutHeader("Location"));

        assertThatThrownBy(() -> registry.push(app, Blob.of(MediaTypes.OCI_LAYER, new byte[1])))
                .isInstanceOf(RegistryException.class)
                .hasMessage("POST " + fake.address() + "/v2/acme/app/blobs/uploads/ was redirected to something"
                        + " that is not an address. Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void tellsThatAListOfTagsGoesRoundInCircles() {
        start(FakeRegistry.builder());
        fake.on("GET", "/v2/acme/app/tags/list")
                .always()
                .fail(Fault.header("Link", "</v2/acme/app/tags/list?n=1000>; rel=\"next\""));

        assertThatThrownBy(() -> registry.tags(app))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + "/v2/acme/app/tags/list was answered with a link back to a page"
                        + " already read. Ask whoever runs the registry to correct it.");
    }

    @Test
    void tellsThatNobodyAnswers() {
        start(FakeRegistry.builder());
        fake.close();

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessage("GET " + fake.address() + MANIFEST + " got no answer: the connection was refused."
                        + " Check that the host is right and can be reached from here, then try again.");
    }

    @Test
    void refusesALinkThatLeadsNowhere() {
        start(FakeRegistry.builder());
        fake.on("GET", "/v2/acme/app/tags/list").fail(Fault.header("Link", "<http://[broken>; rel=\"next\""));

        assertThatThrownBy(() -> registry.tags(app))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + "/v2/acme/app/tags/list was redirected to something that is not"
                        + " an address. Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void tellsThatTheCertificateIsNotTrusted() {
        start(FakeRegistry.builder().withTls());

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageStartingWith("GET " + fake.address() + MANIFEST + " got no answer: ")
                .hasMessageEndingWith(
                        "Give the certificate of its authority as an extra CA certificate, or name the host"
                                + " as one that is reached by plain http.");
    }

    /** Whoever asked again would wait for a day. */
    @Test
    @Timeout(60)
    void asksOnceWhereTheCertificateIsNotTrusted() {
        start(FakeRegistry.builder().withTls());
        HttpRegistry patient = HttpRegistry.builder()
                .backoff(new Backoff(2, Duration.ofDays(1)))
                .build();

        assertThatThrownBy(() -> patient.find(app, V1)).isInstanceOf(RegistryException.class);
    }
}

package io.jenkins.plugins.multiarch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that breaks off, lies, or comes from elsewhere. */
class HttpRegistryDownloadTest {
    private static final Tag V1 = new Tag("1.4");
    private static final String MANIFEST = "/v2/acme/app/manifests/1.4";
    private static final int SIZE = 300_000;

    private final byte[] content = new byte[SIZE];

    @TempDir
    Path folder;

    private FakeRegistry fake;
    private Repository app;
    private Descriptor layer;
    private Manifest image;
    private String blobPath;

    private Registry start(FakeRegistryBuilder options) {
        new Random(7).nextBytes(content);
        fake = options.start();
        app = fake.repository("acme/app");
        layer = fake.addBlob("acme/app", MediaTypes.OCI_LAYER, content);
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
        blobPath = "/v2/acme/app/blobs/" + layer.digest();
        return HttpRegistry.builder()
                .credentials(repository -> Optional.of(Credentials.password("ci", "secret")))
                .backoff(new Backoff(3, Duration.ofMillis(1)))
                .limits(new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .build();
    }

    private Registry start() {
        return start(FakeRegistry.builder());
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private byte[] read(Registry registry) throws Exception {
        try (InputStream in = registry.open(app, layer)) {
            return in.readAllBytes();
        }
    }

    /** Reads a part of a blob whose connection stands still, has it cut, and reads the rest. */
    private byte[] readCut(Registry registry) throws Exception {
        try (InputStream in = registry.open(app, layer)) {
            byte[] start = in.readNBytes(50_000);
            fake.awaitHanging();
            fake.release();
            byte[] rest = in.readAllBytes();
            byte[] all = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, all, start.length, rest.length);
            return all;
        }
    }

    @Test
    void takesABrokenDownloadUpWhereItBroke() throws Exception {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.stalledBody(100_000));

        byte[] read = readCut(registry);

        assertThat(read).isEqualTo(content);
        assertThat(fake.requests("GET", blobPath))
                .extracting(LoggedRequest::status)
                .containsExactly(200, 206);
    }

    @Test
    void takesADownloadUpThatStoppedWithoutAWord() throws Exception {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.stalledBody(100_000));

        assertThat(read(registry)).isEqualTo(content);
    }

    @Test
    void readsFromTheStartWhereTheRegistryKnowsNoRanges() throws Exception {
        Registry registry = start(FakeRegistry.builder().with(Trait.NO_RANGES));
        fake.on("GET", blobPath).fail(Fault.stalledBody(100_000));

        assertThat(readCut(registry)).isEqualTo(content);
    }

    @Test
    void startsOverOnceMoreWhereARegistryWithoutRangesBreaksInWhatWasReadBefore() throws Exception {
        Registry registry = start(FakeRegistry.builder().with(Trait.NO_RANGES));
        fake.on("GET", blobPath).fail(Fault.stalledBody(100_000));
        fake.on("GET", blobPath).fail(Fault.stalledBody(50_000));

        assertThat(read(registry)).isEqualTo(content);
    }

    @Test
    void givesUpADownloadThatKeepsBreaking() {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.stalledBody(100_000));
        fake.on("GET", blobPath).always().fail(Fault.resetInResponseBody(0));

        assertThatThrownBy(() -> readCut(registry))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageStartingWith("GET " + fake.address() + blobPath + " broke off again and again, last after ")
                .hasMessageContaining(" of 300000 bytes: ")
                .hasMessageEndingWith(". Check the connection to the registry, then try again.");
    }

    @Test
    void refusesContentOfAnotherDigest() {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.corruptedBody());
        byte[] other = content.clone();
        other[SIZE / 2] ^= 1;

        assertThatThrownBy(() -> read(registry))
                .isInstanceOf(RegistryException.class)
                .hasMessage("The blob " + layer.digest() + " came with the digest " + Digest.sha256(other)
                        + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void neverHandsOutTheLastByteOfOtherContent() throws Exception {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.corruptedBody());

        try (InputStream in = registry.open(app, layer)) {
            assertThatThrownBy(() -> in.readNBytes(SIZE)).isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void refusesContentThatIsTooShort() {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.truncatedBody(1000));

        assertThatThrownBy(() -> read(registry))
                .isInstanceOf(RegistryException.class)
                .hasMessage("The blob " + layer.digest() + " came with 1000 bytes instead of 300000."
                        + " Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesContentThatDoesNotEnd() {
        Registry registry = start();
        fake.on("GET", blobPath).fail(Fault.endlessBody());

        assertThatThrownBy(() -> read(registry))
                .isInstanceOf(WrongContentException.class)
                .hasMessage("The blob " + layer.digest() + " came with more than the 300000 bytes promised."
                        + " Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesAManifestOfAnotherDigest() {
        Registry registry = start();
        fake.on("GET", MANIFEST).fail(Fault.wrongDigestHeader());

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The manifest sha256:" + "0".repeat(64) + " came with other bytes, which have the digest "
                        + image.digest()
                        + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void refusesAManifestWhoseBytesAreNotOfTheDigestAskedFor() {
        Registry registry = start();
        fake.on("GET", "/v2/acme/app/manifests/" + image.digest()).fail(Fault.corruptedBody());

        assertThatThrownBy(() -> registry.find(app, image.digest()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith(
                        "The manifest " + image.digest() + " came with other bytes, which have the digest ");
    }

    @Test
    void refusesAManifestOfMoreThanFourMebibytes() {
        Registry registry = start();
        fake.on("GET", MANIFEST).fail(Fault.oversizedBody((4 << 20) + 1));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOf(WrongContentException.class)
                .hasMessage("GET " + fake.address() + MANIFEST + " was answered with more than 4194304 bytes."
                        + " No honest answer is that long; check what was pushed there, and what a proxy before it"
                        + " sends.");
    }

    @Test
    void takesAManifestOfFourMebibytes() throws Exception {
        Registry registry = start();
        String text = new String(image.bytes(), UTF_8);
        byte[] long4 = (text + " ".repeat((4 << 20) - text.length())).getBytes(UTF_8);
        Digest digest = fake.addManifest("acme/app", "long", MediaTypes.OCI_MANIFEST, long4);

        assertThat(registry.find(app, new Tag("long")).orElseThrow().digest()).isEqualTo(digest);
    }

    @Test
    void refusesAManifestThatDoesNotEnd() {
        Registry registry = start();
        fake.on("GET", MANIFEST).fail(Fault.endlessBody());

        assertThatThrownBy(() -> registry.find(app, V1))
                .hasMessageContaining(" was answered with more than 4194304 bytes. ");
    }

    @Test
    void showsNoPasswordToTheStorageABlobIsRedirectedTo() throws Exception {
        Registry registry =
                start(FakeRegistry.builder().with(Trait.REDIRECTED_BLOBS).withBasicAuth("ci", "secret"));
        fake.on("GET", blobPath).occurrence(2).fail(Fault.resetInResponseBody(1000));

        assertThat(read(registry)).isEqualTo(content);

        assertThat(fake.storageRequests())
                .hasSize(2)
                .extracting(LoggedRequest::authorization)
                .containsOnly("");
    }

    @Test
    void showsNoPasswordToTheHostAManifestIsRedirectedTo() throws Exception {
        Registry registry = start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            elsewhere.addImage("acme/app", "1.4", "linux/amd64");
            fake.on("GET", MANIFEST).fail(Fault.redirect(elsewhere.url() + MANIFEST));

            assertThat(registry.find(app, V1).orElseThrow().digest()).isEqualTo(image.digest());

            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsExactly("");
        }
    }

    @Test
    void showsNoPasswordToTheHostAnUploadIsSentTo() throws Exception {
        Registry registry = start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        Blob blob = Blob.of(MediaTypes.OCI_LAYER, new byte[10]);
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            fake.on("POST", "/v2/acme/app/blobs/uploads/")
                    .fail(Fault.header("Location", elsewhere.url() + "/v2/acme/app/blobs/uploads/upload-1"));

            registry.push(app, blob);

            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void asksNoTokenForAHostItWasRedirectedTo() throws Exception {
        Registry registry = start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            elsewhere
                    .on("GET", MANIFEST)
                    .always()
                    .fail(Fault.status(401)
                            .withHeader("WWW-Authenticate", "Bearer realm=\"" + elsewhere.url() + "/token\""));
            fake.on("GET", MANIFEST).always().fail(Fault.redirect(elsewhere.url() + MANIFEST));

            assertThatThrownBy(() -> registry.find(app, V1)).isInstanceOf(RegistryException.class);

            assertThat(elsewhere.requests("GET", "/token")).isEmpty();
            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void sendsNothingInTheClearForARegistryThatIsEncrypted() throws Exception {
        start(FakeRegistry.builder().withTls());
        Path authority = Files.writeString(folder.resolve("ca.pem"), fake.authority());
        Registry registry =
                HttpRegistry.builder().extraCertificates(List.of(authority)).build();
        fake.on("POST", "/v2/acme/app/blobs/uploads/")
                .always()
                .fail(Fault.header("Location", "http://" + fake.address() + "/v2/acme/app/blobs/uploads/upload-1"));

        assertThatThrownBy(() -> registry.push(app, Blob.of(MediaTypes.OCI_LAYER, new byte[10])))
                .hasMessage("POST " + fake.address() + "/v2/acme/app/blobs/uploads/ was redirected from https to an"
                        + " address without encryption. Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void readsAllTagsOfARegistryThatGivesPagesWithoutLinks() throws Exception {
        Registry registry = start(FakeRegistry.builder());
        for (int i = 0; i < 2500; i++) {
            fake.tag("acme/app", "t" + i, image.digest());
        }
        fake.on("GET", "/v2/acme/app/tags/list").always().fail(Fault.withoutHeader("Link"));

        assertThat(registry.tags(app)).hasSize(2501);
    }

    @Test
    void followsNoCircleOfRedirects() {
        Registry registry = start();
        fake.on("GET", MANIFEST).always().fail(Fault.redirect(MANIFEST));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + MANIFEST + " was redirected more than 5 times."
                        + " Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void followsNoRedirectToWhatIsNoAddress() {
        Registry registry = start();
        fake.on("GET", MANIFEST).fail(Fault.redirect("http://[nowhere"));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + MANIFEST + " was redirected to something that is not an address."
                        + " Ask whoever runs the registry to correct its redirects.");
    }
}

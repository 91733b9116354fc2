package io.jenkins.plugins.multiarch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again after which failure, and what is not. */
class HttpRegistryRetryTest {
    private static final Tag V1 = new Tag("1.4");
    private static final String MANIFEST = "/v2/acme/app/manifests/1.4";
    private static final String UPLOADS = "/v2/acme/app/blobs/uploads/";
    private static final String UPLOAD = "/v2/acme/app/blobs/uploads/upload-*";

    private final FakeRegistry fake = FakeRegistry.start();
    private final Repository app = fake.repository("acme/app");
    private final HttpRegistryBuilder client = HttpRegistry.builder().backoff(new Backoff(3, Duration.ofMillis(1)));
    private final Registry registry = client.build();
    private Manifest image;

    @BeforeEach
    void fill() {
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private static Blob blob(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Blob.of(MediaTypes.OCI_LAYER, content);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void asksAgainAfterATemporaryStatus(int status) throws Exception {
        fake.on("GET", MANIFEST).times(2).fail(Fault.status(status).retryAfter(0));

        assertThat(registry.find(app, V1)).isPresent();

        assertThat(fake.requests("GET", MANIFEST))
                .extracting(LoggedRequest::status)
                .containsExactly(status, status, 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 409, 501})
    void doesNotAskAgainAfterALastingStatus(int status) {
        fake.on("GET", MANIFEST).fail(Fault.status(status));

        assertThatThrownBy(() -> registry.find(app, V1)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.isRetryable()).isFalse();
        });
        assertThat(fake.requests("GET", MANIFEST)).hasSize(1);
    }

    @Test
    void givesUpWhenTheTroubleLasts() {
        fake.on("GET", MANIFEST).always().fail(Fault.status(503).error("UNAVAILABLE", "database is down"));

        assertThatThrownBy(() -> registry.find(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessage("GET " + fake.address() + MANIFEST
                        + " was answered with 503 UNAVAILABLE (database is down)."
                        + " The registry has trouble; try again in a while.");
        assertThat(fake.requests("GET", MANIFEST)).hasSize(3);
    }

    @Test
    void doesNotWaitAnHourBecauseTheRegistrySaysSo() {
        fake.on("GET", MANIFEST)
                .fail(Fault.status(429).error("TOOMANYREQUESTS", "rate limit").retryAfter(3600));

        assertThatThrownBy(() -> registry.find(app, V1))
                .hasMessage("GET " + fake.address() + MANIFEST + " was answered with 429 TOOMANYREQUESTS (rate limit)."
                        + " Ask again in 3600 s, with credentials that have a higher limit, or less often.");
        assertThat(fake.requests("GET", MANIFEST)).hasSize(1);
    }

    @Test
    void readsAgainWhenTheConnectionBreaksBeforeTheAnswer() throws Exception {
        registry.find(app, V1);
        fake.on("GET", MANIFEST).times(2).fail(Fault.reset());

        assertThat(registry.find(app, V1)).isPresent();
    }

    @Test
    void readsAManifestAgainThatBrokeInTheMiddle() throws Exception {
        fake.on("GET", MANIFEST).fail(Fault.resetInResponseBody(20));

        assertThat(registry.find(app, V1).orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void readsAPageOfTagsAgainThatBrokeInTheMiddle() throws Exception {
        fake.on("GET", "/v2/acme/app/tags/list").fail(Fault.resetInResponseBody(5));

        assertThat(registry.tags(app)).containsExactly(V1);
    }

    @Test
    void putsAManifestAgainWhoseAnswerWasLost() throws Exception {
        fake.on("PUT", "/v2/acme/app/manifests/stable").fail(Fault.answerLost());

        registry.put(app, new Tag("stable"), image);

        assertThat(fake.tagged("acme/app", "stable")).contains(image.digest());
    }

    /** As docker-registry does where several tags are put on one manifest at once. */
    @Test
    void tagsAManifestAgainWhoseDigestNobodySaidAndIsCalledInvalid() throws Exception {
        fake.on("PUT", "/v2/acme/app/manifests/*")
                .fail(Fault.status(400).error("DIGEST_INVALID", "provided digest did not match uploaded content"));

        registry.put(app, new Tag("stable"), image);

        assertThat(fake.tagged("acme/app", "stable")).contains(image.digest());
    }

    @Test
    void putsAManifestAgainWhoseRightDigestIsCalledInvalid() throws Exception {
        fake.on("PUT", "/v2/acme/app/manifests/*")
                .fail(Fault.status(400).error("DIGEST_INVALID", "provided digest did not match uploaded content"));

        registry.put(app, image.digest(), image);

        assertThat(fake.requests("PUT", "/v2/acme/app/manifests/*")).hasSize(2);
    }

    @Test
    void deletesAgainWhenTheConnectionBroke() throws Exception {
        fake.on("DELETE", "/v2/acme/app/manifests/*").fail(Fault.reset());

        assertThat(registry.delete(app, image.digest())).isTrue();
    }

    @Test
    void startsAnUploadOverThatBrokeInTheMiddle() throws Exception {
        Blob blob = blob(3 << 20);
        fake.on("PUT", UPLOAD).fail(Fault.resetInRequestBody(1 << 20));

        registry.push(app, blob);

        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
        assertThat(fake.requests("POST", UPLOADS)).hasSize(2);
    }

    @Test
    void sendsABlobOnceWhoseAnswerWasLost() throws Exception {
        Blob blob = blob(1000);
        fake.on("PUT", UPLOAD).fail(Fault.answerLost());

        registry.push(app, blob);

        assertThat(fake.requests("POST", UPLOADS)).hasSize(1);
        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
    }

    @Test
    void startsAnUploadOverThatTheRegistryFailedToTake() throws Exception {
        Blob blob = blob(1000);
        fake.on("PUT", UPLOAD).times(2).fail(Fault.status(500));

        registry.push(app, blob);

        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
        assertThat(fake.requests("POST", UPLOADS)).hasSize(3);
    }

    @Test
    void startsAnUploadOverThatTheRegistryForgot() throws Exception {
        Blob blob = blob(1000);
        fake.on("PUT", UPLOAD).fail(Fault.status(404).error("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry"));

        registry.push(app, blob);

        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
    }

    @Test
    void startsAnUploadInChunksOverWhenAChunkFails() throws Exception {
        Registry inChunks = client.chunk(1000).build();
        Blob blob = blob(3500);
        fake.on("PATCH", UPLOAD).occurrence(3).fail(Fault.answerLost());

        inChunks.push(app, blob);

        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
        assertThat(fake.requests("POST", UPLOADS)).hasSize(2);
    }

    @Test
    void readsAllChunksOfAnUploadIntoOnePieceOfMemory() throws Exception {
        Blob content = blob(350_000);
        Set<byte[]> pieces = Collections.newSetFromMap(new IdentityHashMap<>());
        Blob watched = Blob.of(content.descriptor(), () -> new FilterInputStream(content.open()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                pieces.add(target);
                return super.read(target, offset, length);
            }
        });

        client.chunk(100_000).build().push(app, watched);

        assertThat(pieces).hasSize(1);
        assertThat(fake.hasBlob("acme/app", content.digest())).isTrue();
        assertThat(fake.requests("PATCH", UPLOAD)).hasSize(4);
    }

    @Test
    void sendsChunksWhereABodyIsTooLarge() throws Exception {
        Blob blob = blob(9 << 20);
        fake.on("PUT", UPLOAD).fail(Fault.status(413));

        registry.push(app, blob);

        assertThat(fake.hasBlob("acme/app", blob.digest())).isTrue();
        assertThat(fake.requests("PATCH", UPLOAD)).hasSize(2);
    }

    @Test
    void doesNotRepeatAnUploadWhoseContentIsNotWhatItSays() {
        Blob lying = Blob.of(
                Descriptor.of(MediaTypes.OCI_LAYER, image.digest(), 3),
                () -> new ByteArrayInputStream("abc".getBytes(UTF_8)));

        assertThatThrownBy(() -> registry.push(app, lying)).isInstanceOf(RegistryException.class);

        assertThat(fake.requests("POST", UPLOADS)).hasSize(1);
    }

    @Test
    void givesUpAnUploadThatNeverSucceeds() {
        Blob blob = blob(1000);
        fake.on("PUT", UPLOAD).always().fail(Fault.status(503));

        assertThatThrownBy(() -> registry.push(app, blob))
                .isInstanceOf(RegistryException.class)
                .hasMessageMatching("PUT \\Q" + fake.address() + UPLOADS + "\\Eupload-3 was answered with 503\\."
                        + " The registry has trouble; try again in a while\\.");
        assertThat(fake.requests("POST", UPLOADS)).hasSize(3);
    }
}

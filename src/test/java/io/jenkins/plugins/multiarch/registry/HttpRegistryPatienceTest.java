package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that says nothing, and a build that is aborted meanwhile. */
class HttpRegistryPatienceTest {
    private static final Tag V1 = new Tag("1.4");

    private final FakeRegistry fake = FakeRegistry.start();
    private final Repository app = fake.repository("acme/app");

    /** How far the thread has to get before it is interrupted; as far as it can, unless said. */
    private CountDownLatch reached = new CountDownLatch(0);

    @AfterEach
    void close() {
        fake.close();
    }

    private static Registry patient(Duration silence) {
        return HttpRegistry.builder()
                .backoff(new Backoff(1, Duration.ofMillis(1)))
                .limits(new TimeLimits(Duration.ofSeconds(20), silence, silence))
                .build();
    }

    @Test
    void givesUpOnASilentRegistry() {
        fake.on("GET", "*").occurrence(2).fail(Fault.hang());

        assertThatThrownBy(() -> patient(Duration.ofSeconds(1)).find(app, V1))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessage("GET " + fake.address() + "/v2/acme/app/manifests/1.4 got no answer: no answer within 1 s."
                        + " Check that the host is right and can be reached from here, then try again.");
    }

    @Test
    void waitsForARegistryThatIsSlowButAlive() throws Exception {
        Descriptor layer = fake.addBlob("acme/app", MediaTypes.OCI_LAYER, new byte[4000]);
        fake.on("GET", "/v2/acme/app/blobs/*").fail(Fault.slowBody(250, 100));

        try (InputStream in = patient(Duration.ofSeconds(1)).open(app, layer)) {
            assertThat(in.readAllBytes()).hasSize(4000);
        }
    }

    @Test
    void endsWhenItsThreadIsInterruptedBeforeTheAnswer() throws Exception {
        fake.on("GET", "/v2/acme/app/manifests/*").fail(Fault.hang());

        assertThatThrownBy(() -> interruptedWhileHanging(
                        () -> patient(Duration.ofMinutes(5)).find(app, V1)))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void endsWhenItsThreadIsInterruptedInTheMiddleOfABlob() {
        Descriptor layer = fake.addBlob("acme/app", MediaTypes.OCI_LAYER, new byte[4000]);
        fake.on("GET", "/v2/acme/app/blobs/*").fail(Fault.stalledBody(1000));
        reached = new CountDownLatch(1);

        assertThatThrownBy(() -> interruptedWhileHanging(() -> {
                    try (InputStream in = patient(Duration.ofMinutes(5)).open(app, layer)) {
                        in.skipNBytes(900);
                        reached.countDown();
                        return in.readAllBytes();
                    }
                }))
                .isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void endsWhenItsThreadIsInterruptedInTheMiddleOfAnUpload() {
        fake.on("PUT", "/v2/acme/app/blobs/uploads/*").fail(Fault.hang());

        assertThatThrownBy(() -> interruptedWhileHanging(() -> {
                    patient(Duration.ofMinutes(5)).push(app, Blob.of(MediaTypes.OCI_LAYER, new byte[4000]));
                    return null;
                }))
                .isInstanceOf(InterruptedException.class);
    }

    /** Runs a call in a thread of its own that is interrupted as soon as the registry hangs on it. */
    private void interruptedWhileHanging(Callable<?> call) throws Exception {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(call.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
        fake.awaitHanging();
        reached.await();
        thread.interrupt();
        try {
            outcome.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }
}

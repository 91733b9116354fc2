package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Downloads that break off, which are taken up where they broke. */
class HttpRegistryDownloadTest {
    private ServedImage served;

    @AfterEach
    void close() {
        served.close();
    }

    /** Reads a part of a blob whose connection stands still, has it cut, and reads the rest. */
    private byte[] readCut() throws Exception {
        try (InputStream in = served.registry.open(served.app, served.layer)) {
            byte[] start = in.readNBytes(50_000);
            served.fake.awaitHanging();
            served.fake.release();
            byte[] rest = in.readAllBytes();
            byte[] all = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, all, start.length, rest.length);
            return all;
        }
    }

    @Test
    void takesABrokenDownloadUpWhereItBroke() throws Exception {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(100_000));

        byte[] read = readCut();

        assertThat(read).isEqualTo(served.content);
        assertThat(served.fake.requests("GET", served.blobPath))
                .extracting(LoggedRequest::status)
                .containsExactly(200, 206);
    }

    @Test
    void takesADownloadUpThatStoppedWithoutAWord() throws Exception {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(100_000));

        assertThat(served.read()).isEqualTo(served.content);
    }

    @Test
    void readsFromTheStartWhereTheRegistryKnowsNoRanges() throws Exception {
        served = ServedImage.start(FakeRegistry.builder().with(Trait.NO_RANGES));
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(100_000));

        assertThat(readCut()).isEqualTo(served.content);
    }

    @Test
    void startsOverOnceMoreWhereARegistryWithoutRangesBreaksInWhatWasReadBefore() throws Exception {
        served = ServedImage.start(FakeRegistry.builder().with(Trait.NO_RANGES));
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(100_000));
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(50_000));

        assertThat(served.read()).isEqualTo(served.content);
    }

    @Test
    void givesUpADownloadThatKeepsBreaking() {
        served = ServedImage.start();
        served.fake.on("GET", served.blobPath).fail(Fault.stalledBody(100_000));
        served.fake.on("GET", served.blobPath).always().fail(Fault.resetInResponseBody(0));

        assertThatThrownBy(() -> readCut())
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageStartingWith(
                        "GET " + served.fake.address() + served.blobPath + " broke off again and again, last after ")
                .hasMessageContaining(" of 300000 bytes: ")
                .hasMessageEndingWith(". Check the connection to the registry, then try again.");
    }
}

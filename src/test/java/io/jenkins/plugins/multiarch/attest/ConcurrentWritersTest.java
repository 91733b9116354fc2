package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several writers of evidence about one image at once. */
class ConcurrentWritersTest {
    private static final int WRITERS = 6;
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loseNothing(boolean referrersApi) throws Exception {
        Trait[] traits = referrersApi ? new Trait[0] : new Trait[] {Trait.NO_REFERRERS_API};
        try (FakeRegistry fake = FakeRegistry.builder().with(traits).start()) {
            attestAtOnce(fake.repository("acme/app"));
        }
    }

    @Test
    void loseNothingInADockerRegistry() throws Exception {
        RealTools.require("registry");
        attestAtOnce(
                Repository.parse(RealTools.registry("registry") + "/writers/" + Long.toString(System.nanoTime(), 36)));
    }

    /** Each with a registry client of its own, as builds of one controller have. */
    private static void attestAtOnce(Repository app) throws Exception {
        Registry registry = HttpRegistry.builder().build();
        ImageManifest image = new SampleImages(registry, app).image("linux/amd64", "a");
        ImageRef reference = ImageRef.of(app, image.digest());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<AttestedImage>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Predicate claim = new Predicate("https://example.com/claim/" + i, EMPTY);
            Registry own = HttpRegistry.builder().build();
            writers.add(threads.submit(() -> new Attestations(own, line -> {})
                    .attest(
                            AttestationRequest.of(reference, claim).with(StorageForm.BOTH),
                            new KeySigner(SampleKeys.p256()))));
        }
        for (Future<AttestedImage> writer : writers) {
            writer.get();
        }
        threads.shutdown();

        assertThat(new ImageVerification(registry).findings(reference, new KeyVerifier(SampleKeys.trusted("p256.pub"))))
                .hasOnlyElementsOfType(Accepted.class)
                .hasSize(2 * WRITERS);
    }

    @Test
    void mergeAgainWhatAnotherMachineOverwrote() throws Exception {
        Others others = new Others();
        others.overwriteBeforeReading(3);

        Descriptor ours = others.tags.add(others.tag, EMPTY, CosignTags.DSSE, Map.of("ours", "1"));

        assertThat(others.tags.layers(others.tag)).containsExactlyInAnyOrder(ours, others.layer);
    }

    @Test
    void lookOnceMoreAtTheEnd() throws Exception {
        Others others = new Others();
        Descriptor ours = others.tags.add(others.tag, EMPTY, CosignTags.DSSE, Map.of("ours", "1"));
        others.overwrite();

        others.tags.settle(others.tag, List.of(ours));

        assertThat(others.tags.layers(others.tag)).containsExactlyInAnyOrder(ours, others.layer);
    }

    @Test
    void giveUpAgainstSomebodyWhoNeverMerges() throws Exception {
        Others others = new Others();
        others.overwriteBeforeReading(Integer.MAX_VALUE);

        assertThatThrownBy(() -> others.tags.add(others.tag, EMPTY, CosignTags.DSSE, Map.of()))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app:" + others.tag + " was overwritten by somebody else 3 times."
                        + " Let only one job at a time write evidence about this image, then try again.");
    }

    /** Somebody on another machine who read cosign's tag before we wrote it. */
    private static final class Others {
        final InMemoryRegistry registry = new InMemoryRegistry();
        final Repository app = Repository.parse("a.example/acme/app");
        final CosignTags tags = new CosignTags(registry, app, new Backoff(3, Duration.ofMillis(1)));
        final Tag tag = CosignTags.tag(Digest.sha256(EMPTY), ".att");
        final Descriptor layer;
        final ImageManifest manifest;
        final AtomicInteger reads = new AtomicInteger();

        Others() throws InterruptedException {
            SampleImages images = new SampleImages(registry, app);
            layer = images.blob(CosignTags.DSSE, "theirs".getBytes(StandardCharsets.UTF_8));
            manifest = ImageManifest.of(images.blob("text/plain", EMPTY), List.of(layer), Map.of());
        }

        void overwrite() throws InterruptedException {
            registry.put(app, tag, manifest);
        }

        /** Before the second read, which looks whether the first write is there, and so on. */
        void overwriteBeforeReading(int times) {
            registry.before(request -> {
                if (request.equals("GET " + app + " " + tag)) {
                    int read = reads.incrementAndGet();
                    if (read % 2 == 0 && read / 2 < times) {
                        overwrite();
                    }
                }
            });
        }
    }
}

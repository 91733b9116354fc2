package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list of referrers that clients keep where the registry does not. */
class HttpRegistryFallbackTagTest {
    private static final String SBOM = "application/spdx+json";
    private static final String OTHERS = "application/vnd.example.other";

    private final Registry registry =
            HttpRegistry.builder().backoff(new Backoff(3, Duration.ofMillis(1))).build();
    private FakeRegistry fake;
    private Repository app;
    private Manifest image;
    private ImageManifest sbom;
    private ImageManifest others;
    private String tag;
    private String path;
    private final AtomicInteger refused = new AtomicInteger();

    /** Starts a registry with an image, one referrer to be put, and one that somebody else writes. */
    private void start(FakeRegistryBuilder options) {
        fake = options.with(Trait.NO_REFERRERS_API).start();
        app = fake.repository("acme/app");
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
        sbom = fake.addReferrer("acme/app", image, SBOM, "ours");
        others = fake.addReferrer("acme/app", image, OTHERS, "theirs");
        tag = "sha256-" + image.digest().hex();
        path = "/v2/acme/app/manifests/" + tag;
    }

    private void start() {
        start(FakeRegistry.builder());
    }

    private static Descriptor listed(ImageManifest referrer) {
        return referrer.descriptor().withArtifactType(referrer.artifactType());
    }

    /** What another client does that read the list before we wrote it. */
    private void othersWrite() {
        fake.addIndex("acme/app", tag, listed(others));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void makesTheListWithTheFirstReferrer() throws Exception {
        start();

        registry.put(app, sbom.digest(), sbom);

        ImageIndex expected = ImageIndex.of(List.of(listed(sbom)), Map.of());
        assertThat(fake.tagged("acme/app", tag)).contains(expected.digest());
    }

    @Test
    void keepsWhatOthersListed() throws Exception {
        start();
        othersWrite();

        registry.put(app, sbom.digest(), sbom);

        assertThat(registry.referrers(app, image.digest(), "")).containsExactly(listed(others), listed(sbom));
    }

    @Test
    void writesTheListOnceForAllThatWaitToBeListed() throws Exception {
        start();
        ImageManifest third = fake.addReferrer("acme/app", image, OTHERS, "third");
        List<Thread> writers = Stream.of(sbom, others, third)
                .map(referrer -> new Thread(() -> put(referrer)))
                .toList();
        fake.on("GET", path).fail(Fault.before(() -> awaitWaiting(writers, 2)));

        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(registry.referrers(app, image.digest(), ""))
                .containsExactlyInAnyOrder(listed(sbom), listed(others), listed(third));
        assertThat(fake.requests("PUT", path)).hasSize(1);
    }

    private void put(ImageManifest referrer) {
        try {
            registry.put(app, referrer.digest(), referrer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who waits for a registry does so for a limited time. */
    private static void awaitWaiting(List<Thread> writers, int count) {
        while (writers.stream()
                        .filter(one -> one.getState() == Thread.State.WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tellsEveryWriterThatTheListCouldNotBeWritten() throws Exception {
        start();
        fake.tag("acme/app", tag, image.digest());
        List<Thread> writers = Stream.of(sbom, others)
                .map(referrer -> new Thread(() -> refused(referrer)))
                .toList();
        fake.on("GET", path).fail(Fault.before(() -> awaitWaiting(writers, 1)));

        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(refused).hasValue(2);
    }

    private void refused(ImageManifest referrer) {
        assertThatThrownBy(() -> registry.put(app, referrer.digest(), referrer)).isInstanceOf(ReleaseException.class);
        refused.incrementAndGet();
    }

    @Test
    void writesAgainWhatSomebodyElseOverwrote() throws Exception {
        start();
        fake.on("PUT", path).fail(Fault.after(this::othersWrite));

        registry.put(app, sbom.digest(), sbom);

        assertThat(registry.referrers(app, image.digest(), "")).containsExactly(listed(others), listed(sbom));
    }

    @Test
    void mergesWhatSomebodyElseWroteMeanwhile() throws Exception {
        start(FakeRegistry.builder().with(Trait.CONDITIONAL_PUT));
        fake.addIndex("acme/app", tag, listed(fake.addReferrer("acme/app", image, OTHERS, "before")));
        fake.on("PUT", path).fail(Fault.before(this::othersWrite));

        registry.put(app, sbom.digest(), sbom);

        assertThat(registry.referrers(app, image.digest(), "")).containsExactly(listed(others), listed(sbom));
    }

    @Test
    void doesNotOverwriteAListThatAppearedMeanwhile() throws Exception {
        start(FakeRegistry.builder().with(Trait.CONDITIONAL_PUT));
        fake.on("PUT", path).fail(Fault.before(this::othersWrite));

        registry.put(app, sbom.digest(), sbom);

        assertThat(registry.referrers(app, image.digest(), "")).containsExactly(listed(others), listed(sbom));
    }

    @Test
    void givesUpAgainstSomebodyWhoAlwaysOverwrites() {
        start();
        fake.on("PUT", path).always().fail(Fault.after(this::othersWrite));

        assertThatThrownBy(() -> registry.put(app, sbom.digest(), sbom))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The list of referrers " + app + ":" + tag + " was overwritten by somebody else 3 times."
                        + " Let only one job at a time write evidence about this image, then try again.");
    }

    @Test
    void refusesToOverwriteAnImageUnderTheFallbackTag() {
        start();
        fake.tag("acme/app", tag, image.digest());

        assertThatThrownBy(() -> registry.put(app, sbom.digest(), sbom))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(app + ":" + tag + " is an image, where the list of referrers of a digest belongs."
                        + " Delete that tag or give it another name, then try again.");
        assertThat(fake.tagged("acme/app", tag)).contains(image.digest());
    }

    @Test
    void deletesTheListWithTheLastReferrer() throws Exception {
        start();
        registry.put(app, sbom.digest(), sbom);

        registry.delete(app, sbom.digest());

        assertThat(fake.tagged("acme/app", tag)).isEmpty();
    }

    @Test
    void asksEveryRepositoryForItselfWhetherItListsReferrers() throws Exception {
        start();
        try (FakeRegistry withApi = FakeRegistry.start()) {
            Manifest subject = withApi.addImage("acme/app", "1.4", "linux/amd64");
            ImageManifest referrer = withApi.addReferrer("acme/app", subject, SBOM, "ours");
            withApi.on("GET", "/v2/acme/new/referrers/*")
                    .fail(Fault.status(404).error("NAME_UNKNOWN", "repository name not known to registry"));

            registry.referrers(withApi.repository("acme/new"), subject.digest(), "");

            assertThat(registry.referrers(withApi.repository("acme/app"), subject.digest(), ""))
                    .containsExactly(listed(referrer));
        }
    }
}

package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the registries of the world allow to be taken back. */
class RestorationTest {
    private final List<String> log = new ArrayList<>();

    private Promotion promotion() {
        return new Promotion(
                HttpRegistry.builder()
                        .backoff(new Backoff(1, Duration.ofMillis(1)))
                        .build(),
                log::add,
                new MemoryJournal(),
                new TagLocks());
    }

    @ParameterizedTest
    @EnumSource
    void promotesAndKeepsEveryByte(Quirks quirks) throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.builder().imitating(quirks).start()) {
            ReleaseSet release = new ReleaseSet(registry);

            promotion().promote(release.request());

            assertThat(release.state()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPEC", "ECR", "DOCKER_REGISTRY"})
    void removesTagsThatWereNotThereWhereTheRegistryCan(Quirks quirks) {
        try (FakeRegistry registry = FakeRegistry.builder().imitating(quirks).start()) {
            ReleaseSet release = new ReleaseSet(registry);
            registry.on("PUT", "/v2/acme/base/manifests/latest").always().fail(Fault.status(403));

            assertThatThrownBy(() -> promotion().promote(release.request()))
                    .hasMessageStartingWith(
                            "Nothing was promoted, and every tag that had moved is back where it was: PUT ");

            assertThat(release.state()).isEqualTo("old");
            assertThat(log).contains("Removed " + registry.address() + "/acme/web:1.4.2, which was not there before.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GHCR", "DOCKER_HUB"})
    void saysExactlyWhichTagsAreLeftWhereTheRegistryRemovesNone(Quirks quirks) {
        try (FakeRegistry registry = FakeRegistry.builder().imitating(quirks).start()) {
            ReleaseSet release = new ReleaseSet(registry);
            registry.on("PUT", "/v2/acme/base/manifests/latest").always().fail(Fault.status(403));

            assertThatThrownBy(() -> promotion().promote(release.request()))
                    .hasMessageStartingWith("Not every tag could be put back after this: PUT ")
                    .hasMessageContaining("\n- " + registry.address() + "/acme/api:1.4.2 may lead to "
                            + release.images().get(0).digest().orElseThrow() + " instead of nothing: ");

            assertThat(release.state()).contains("acme/api:latest=old", "acme/api:stable=old", "acme/api:1.4.2=new");
        }
    }

    @Test
    void putsEverythingBackWhenItIsStopped() throws InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread build = new Thread(() -> {
                try {
                    promotion().promote(release.request());
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            registry.on("PUT", "/v2/acme/web/manifests/latest").fail(Fault.before(build::interrupt));

            build.start();

            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(release.state()).isEqualTo("old");
        }
    }
}

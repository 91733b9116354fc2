package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Images that are not copied, and copies that end halfway. */
class ImageCopyLimitsTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Repository MIRROR = Repository.parse("b.example/mirror/app");
    private static final Tag V1 = new Tag("1.4");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, APP);
    private final ImageCopy copy = new ImageCopy(registry, line -> {});

    @Test
    void refusesAnImageThatLacksAChild() throws InterruptedException {
        ImageManifest lost = images.image("linux/arm64", "lost");
        Manifest index = images.index(images.image("linux/amd64", "x"), lost);
        registry.delete(APP, lost.digest());

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app@" + index.digest() + " is incomplete: it lists " + lost.digest()
                        + ", which is not there. Push the image again; one of its parts was deleted or never came.");
        assertThat(registry.requests("PUT-BLOB")).noneMatch(r -> r.contains(MIRROR.toString()));
    }

    @Test
    void refusesAnImageNestedTooDeep() throws InterruptedException {
        Manifest nested = images.image("linux/amd64", "x");
        for (int i = 0; i < 17; i++) {
            nested = images.index(nested);
        }
        Manifest root = nested;

        assertThatThrownBy(() -> copy.copy(APP, root.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + root.digest()
                        + " is not copied: it is nested deeper than 16 levels. Copy it without its referrers, or copy its"
                        + " parts one by one.");
    }

    @Test
    void refusesAnIndexOfTooManyBeforeItAsksForThem() throws InterruptedException {
        Descriptor image = images.image("linux/amd64", "x").descriptor();
        List<Descriptor> many = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            many.add(Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)}), 2));
        }
        many.add(image);
        ImageIndex index = ImageIndex.of(many, Map.of());
        registry.plant(APP, index);
        registry.forgetRequests();

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is not copied: more than 4096 manifests belong to it. Copy it without its referrers, or copy"
                        + " its parts one by one.");
        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void refusesManifestsTooLargeToHold() throws InterruptedException {
        List<Descriptor> children = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ImageIndex large = ImageIndex.of(List.of(), Map.of("filler", i + "x".repeat(4 << 20)));
            registry.plant(APP, large);
            children.add(large.descriptor());
        }
        ImageIndex index = ImageIndex.of(children, Map.of());
        registry.plant(APP, index);

        assertThatThrownBy(() -> copy.copy(APP, index.digest(), MIRROR, List.of(), CopyScope.IMAGE))
                .hasMessage("a.example/acme/app@" + index.digest()
                        + " is not copied: its manifests are larger than 64 MiB together. Copy it without its referrers,"
                        + " or copy its parts one by one.");
        assertThat(registry.requests("GET-MANIFEST")).hasSizeLessThan(30);
    }

    @Test
    void stopsEveryStreamAtTheFirstFailure() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "one", "two", "three", "four", "five");
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger streams = new AtomicInteger();
        AtomicInteger stopped = new AtomicInteger();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                if (streams.incrementAndGet() == 4) {
                    throw new RegistryException("Full.", "Make room.", 507, "", false, null);
                }
                try {
                    never.await();
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                    throw e;
                }
            }
        });

        assertThatThrownBy(() -> copy.copy(APP, image.digest(), MIRROR, List.of(V1), CopyScope.IMAGE))
                .hasMessage("Full. Make room.");
        assertThat(stopped.get()).isEqualTo(streams.get() - 1);
        assertThat(registry.head(MIRROR, image.digest())).isEmpty();
    }

    @Test
    void stopsEveryStreamWhenInterrupted() throws InterruptedException {
        Manifest image = images.image("linux/amd64", "one", "two", "three", "four", "five");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(4);
        AtomicInteger stopped = new AtomicInteger();
        registry.before(request -> {
            if (request.startsWith("PUT-BLOB")) {
                running.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                    throw e;
                }
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread copying = new Thread(() -> {
            try {
                copy.copy(APP, image.digest(), MIRROR, List.of(V1), CopyScope.IMAGE);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });

        copying.start();
        running.await();
        copying.interrupt();
        copying.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(stopped).hasValue(4);
    }
}

package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two builds that promote the same tags at the same time. */
class RaceTest {
    private static final int RACES = 50;
    private static final List<Tag> TAGS = Tag.parseAll(List.of("1.4", "stable", "latest"));

    private final HttpRegistry client = HttpRegistry.builder().build();

    @Test
    void isWonByTheNewestWhereBothTakeTurns() throws Exception {
        TagLocks shared = new TagLocks();
        try (FakeRegistry registry = FakeRegistry.start()) {
            race(registry, shared, shared);
        }
    }

    @Test
    void isWonByTheNewestOfTwoProcessesWhereTheRegistryHonoursConditions() throws Exception {
        try (FakeRegistry registry =
                FakeRegistry.builder().with(Trait.CONDITIONAL_PUT).start()) {
            race(registry, new TagLocks(), new TagLocks());
        }
    }

    private void race(FakeRegistry registry, TagLocks olderLocks, TagLocks newerLocks) throws Exception {
        Digest start = index(registry, 0);
        Digest older = index(registry, 1);
        Digest newer = index(registry, 2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < RACES; i++) {
                TAGS.forEach(tag -> registry.tag("acme/app", tag.name(), start));
                CyclicBarrier line = new CyclicBarrier(2);
                Future<PromotedTags> first = threads.submit(() -> promoted(registry, line, older, olderLocks));
                Future<PromotedTags> second = threads.submit(() -> promoted(registry, line, newer, newerLocks));

                PromotedTags lost = first.get();

                assertThat(second.get().supersededBy()).as("race %d", i).isEmpty();
                assertThat(TAGS)
                        .allMatch(tag -> registry.tagged("acme/app", tag.name())
                                .filter(newer::equals)
                                .isPresent());
                if (lost.isSuperseded()) {
                    assertThat(lost.supersededBy()).contains(newer.toString());
                } else {
                    assertThat(second.get().tags())
                            .as("the older one was through before")
                            .allMatch(tag -> tag.changed());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private PromotedTags promoted(FakeRegistry registry, CyclicBarrier line, Digest digest, TagLocks locks)
            throws Exception {
        PromotionRequest request = new PromotionRequest(
                        List.of(ImageRef.of(registry.repository("acme/app"), digest)), TAGS, List.of())
                .guarded(Guards.NONE.order(Order.byVersion()).yields(true));
        Promotion promotion = new Promotion(client, text -> {}, new MemoryJournal(), locks);
        line.await();
        return promotion.promote(request);
    }

    private static Digest index(FakeRegistry registry, int patch) {
        String version = "1.4." + patch;
        ImageManifest image = registry.addImageManifest("acme/app", version, "linux/amd64");
        Descriptor listed = image.descriptor().withPlatform(Platform.parse("linux/amd64"));
        return registry.addManifest(
                        "acme/app", ImageIndex.of(List.of(listed), Map.of("org.opencontainers.image.version", version)))
                .digest();
    }
}

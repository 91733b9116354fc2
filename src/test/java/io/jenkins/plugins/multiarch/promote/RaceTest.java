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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two builds that promote the same tags at the same time. */
class RaceTest {
    private static final int RACES = 50;
    private static final List<Tag> TAGS = Tag.parseAll(List.of("1.4", "stable", "latest"));

    private final HttpRegistry client = HttpRegistry.builder().build();

    static Stream<Order> orders() {
        return Stream.of(Order.byVersion(), Order.byBuildTime());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isWonByTheNewestWhereBothTakeTurns(Order order) throws Exception {
        TagLocks shared = new TagLocks();
        try (FakeRegistry registry = FakeRegistry.start()) {
            race(registry, order, shared, shared);
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isWonByTheNewestOfTwoProcessesWhereTheRegistryHonoursConditions(Order order) throws Exception {
        try (FakeRegistry registry =
                FakeRegistry.builder().with(Trait.CONDITIONAL_PUT).start()) {
            race(registry, order, new TagLocks(), new TagLocks());
        }
    }

    private void race(FakeRegistry registry, Order order, TagLocks olderLocks, TagLocks newerLocks) throws Exception {
        Digest start = index(registry, order, 0);
        Digest older = index(registry, order, 1);
        Digest newer = index(registry, order, 2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < RACES; i++) {
                TAGS.forEach(tag -> registry.tag("acme/app", tag.name(), start));
                CyclicBarrier line = new CyclicBarrier(2);
                Future<PromotedTags> first = threads.submit(() -> promoted(registry, line, older, order, olderLocks));
                Future<PromotedTags> second = threads.submit(() -> promoted(registry, line, newer, order, newerLocks));

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

    private PromotedTags promoted(FakeRegistry registry, CyclicBarrier line, Digest digest, Order order, TagLocks locks)
            throws Exception {
        PromotionRequest request = new PromotionRequest(
                        List.of(ImageRef.of(registry.repository("acme/app"), digest)), TAGS, List.of())
                .guarded(Guards.NONE.order(order).yields(true));
        Promotion promotion = new Promotion(client, text -> {}, new MemoryJournal(), locks);
        line.await();
        return promotion.promote(request);
    }

    /** Where build times decide, the version of the newer one is the lower one. */
    private static Digest index(FakeRegistry registry, Order order, int number) {
        boolean byTime = order.toString().equals("build time");
        String version = "1.4." + (byTime ? 9 - number : number);
        String created = "2026-11-21T13:00:0" + (byTime ? number : 9 - number) + "Z";
        ImageManifest image = registry.addImageManifest("acme/app", version, "linux/amd64");
        Descriptor listed = image.descriptor().withPlatform(Platform.parse("linux/amd64"));
        Map<String, String> said =
                Map.of("org.opencontainers.image.version", version, "org.opencontainers.image.created", created);
        return registry.addManifest("acme/app", ImageIndex.of(List.of(listed), said))
                .digest();
    }
}

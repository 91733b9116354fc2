package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.TimeLimits;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Five images, three tags, and a fault at each request in turn, which nobody repeats. */
class EveryRequestFailsTest {
    private static final TimeLimits SHORT =
            new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(4), Duration.ofSeconds(4));
    /** Every so many times it is run again. */
    private static final int RERUN = 3;

    private static final Registry CLIENT = client(TimeLimits.DEFAULT);
    private static final Registry IMPATIENT = client(SHORT);

    /** With the requests that each of them can happen to. */
    static Stream<Arguments> faults() {
        return RequestFault.ALL.stream().map(one -> Arguments.of(one.method(), one.name(), one.fault()));
    }

    /** They cost a time limit each, so that only some requests get them. */
    static Stream<Arguments> silences() {
        return Stream.of(Arguments.of("hang", Fault.hang()), Arguments.of("stalled body", Fault.stalledBody(5)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void leavesEveryTagOldOrEveryTagNewAndFinishesWhenRunAgain(String method, String name, Fault fault)
            throws IOException, InterruptedException {
        failsAtEvery(method, 1, CLIENT, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void doesTheSameWhereTheRegistryFallsSilent(String name, Fault fault) throws IOException, InterruptedException {
        failsAtEvery("*", 31, IMPATIENT, fault);
    }

    private static void failsAtEvery(String method, int step, Registry client, Fault fault)
            throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            int requests = requests(registry, method, promotion(client), release);
            for (int number = 1; number <= requests; number += step) {
                release.takeBack();
                registry.on(method, "*").occurrence(number).fail(fault);

                MemoryJournal journal = new MemoryJournal();
                String ended = promote(promotion(client, journal), release);

                assertThat(release.state())
                        .as("after request %d, having said: %s", number, ended)
                        .isEqualTo(ended.isEmpty() ? "new" : "old");
                assertThat(journal.unfinished()).as("after request %d", number).isEmpty();
                registry.heal();
                if (number % RERUN == 0) {
                    promotion(CLIENT).promote(release.request());
                    assertThat(release.state()).as("run again").isEqualTo("new");
                }
            }
        }
    }

    /** How many a promotion takes where the client knows the registry already. */
    private static int requests(FakeRegistry registry, String method, Promotion promotion, ReleaseSet release)
            throws IOException, InterruptedException {
        promotion.promote(release.request());
        release.takeBack();
        registry.clearRequests();
        promotion(CLIENT).promote(release.request());
        return (int) registry.requests().stream()
                .filter(request -> method.equals("*") || request.method().equals(method))
                .count();
    }

    @Test
    void takesAtMostFourRequestsForEachMovedTagBesideThePreflight() throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            ReleaseSet release = new ReleaseSet(registry);
            promotion(CLIENT).plan(release.request());
            int preflight = registry.requests().size();
            registry.clearRequests();

            new Promotion(CLIENT, line -> {}).promote(release.request());

            int moved = release.images().size() * ReleaseSet.TAGS.size();
            assertThat(registry.requests()).hasSizeLessThanOrEqualTo(preflight + 4 * moved);
        }
    }

    /** Why nothing moved, or empty. */
    private static String promote(Promotion promotion, ReleaseSet release) throws IOException, InterruptedException {
        try {
            return promotion.promote(release.request()).supersededBy();
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }

    private static Promotion promotion(Registry client) {
        return promotion(client, new MemoryJournal());
    }

    private static Promotion promotion(Registry client, Journal journal) {
        Receipts receipts = new Receipts(client, Optional.empty(), Optional.empty());
        return new Promotion(
                client, line -> {}, journal, new TagLocks(), Copier.here(client, line -> {}), Optional.of(receipts));
    }

    private static Registry client(TimeLimits limits) {
        return HttpRegistry.builder()
                .backoff(new Backoff(1, Duration.ofMillis(1)))
                .limits(limits)
                .build();
    }
}

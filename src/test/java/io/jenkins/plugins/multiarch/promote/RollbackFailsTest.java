package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rollback of five images and three tags, and faults at each of its requests. Each fault comes at every fourth request that
 * writes or comes behind a write, each beginning with another, so that all of them fail in some ways; and at some of those that
 * only read before, which all refuse in the same way. The transaction is that of {@link EveryRequestFailsTest}.
 */
class RollbackFailsTest {
    /** Every so many of the requests that read before anything is written. */
    private static final int OF_READS = 28;
    /** Every so many of the others. */
    private static final int OF_WRITES = 4;
    /** Every so many times it is run again. */
    private static final int RERUN = 5;

    private static final Registry CLIENT =
            HttpRegistry.builder().backoff(new Backoff(1, Duration.ofMillis(1))).build();

    static Stream<Arguments> faults() {
        return EveryRequestFailsTest.faults();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void leavesEveryTagWhereItWasOrMovesEveryTagBack(String method, String name, Fault fault)
            throws IOException, InterruptedException {
        Requests requests = requests(method);
        int first = 1 + name.length() % OF_WRITES;
        for (int number = first; number <= requests.all(); number += requests.step(number)) {
            try (FakeRegistry registry = FakeRegistry.start()) {
                PromotedSet release = new PromotedSet(registry);
                registry.on(method, "*").occurrence(number).fail(fault);

                String ended = rollBack(release);

                assertThat(release.state())
                        .as("after request %d, having said: %s", number, ended)
                        .isEqualTo(ended.isEmpty() ? "old" : "new");
                registry.heal();
                if (!ended.isEmpty() && number % RERUN == 0) {
                    assertThat(rollBack(release)).as("run again").isEmpty();
                    assertThat(release.state()).as("run again").isEqualTo("old");
                }
            }
        }
    }

    /** @param reads those of them before the first that writes */
    private record Requests(int reads, int all) {
        int step(int number) {
            return number + OF_READS < reads ? OF_READS : OF_WRITES;
        }
    }

    private static Requests requests(String method) throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            rollBack(new PromotedSet(registry));
            List<String> methods =
                    registry.requests().stream().map(LoggedRequest::method).toList();
            return new Requests(count(methods.subList(0, methods.indexOf("PUT")), method), count(methods, method));
        }
    }

    private static int count(List<String> methods, String method) {
        return (int) methods.stream()
                .filter(one -> method.equals("*") || one.equals(method))
                .count();
    }

    /** Why nothing moved, or empty. */
    private static String rollBack(PromotedSet release) throws IOException, InterruptedException {
        Receipts receipts = new Receipts(CLIENT, Optional.empty(), Optional.empty());
        try {
            return new Rollback(CLIENT, line -> {}, new MemoryJournal(), new TagLocks(), receipts)
                    .rollBack(release.rollback())
                    .supersededBy();
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }
}

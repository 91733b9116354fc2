package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private final List<Duration> waits = new ArrayList<>();
    private long now = 7;

    /** A budget whose waiting takes no time, and moves the clock on. */
    private RequestBudget budget(int perMinute) {
        return new RequestBudget(perMinute, () -> now, time -> {
            waits.add(time);
            now += time.toNanos();
        });
    }

    @Test
    void spacesRequestsEvenly() throws Exception {
        RequestBudget budget = budget(120);

        for (int i = 0; i < 4; i++) {
            budget.awaitTurn();
        }

        assertThat(waits)
                .containsExactly(Duration.ZERO, Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500));
    }

    @Test
    void doesNotWaitAgainForTimeThatHasPassed() throws Exception {
        RequestBudget budget = budget(60);
        budget.awaitTurn();
        now += Duration.ofMillis(700).toNanos();
        budget.awaitTurn();
        now += Duration.ofHours(1).toNanos();

        budget.awaitTurn();
        budget.awaitTurn();

        assertThat(waits).containsExactly(Duration.ZERO, Duration.ofMillis(300), Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void givesEveryThreadATurnOfItsOwn() throws Exception {
        Set<Long> turns = new ConcurrentSkipListSet<>();
        RequestBudget budget = new RequestBudget(60, () -> 0, time -> turns.add(time.toSeconds()));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(threads.submit(() -> {
                budget.awaitTurn();
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();

        assertThat(turns).hasSize(100).contains(0L, 99L);
    }

    @Test
    void countsSecondTriesAndTokensToo() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().withBearerTokens("ann", "pass").start()) {
            fake.addImage("acme/app", "1.4", "linux/amd64");
            fake.on("GET", "/v2/acme/app/manifests/1.4").fail(Fault.status(503));
            Registry registry = HttpRegistry.builder()
                    .credentials(repository -> java.util.Optional.of(Credentials.password("ann", "pass")))
                    .backoff(new Backoff(3, Duration.ofMillis(1)))
                    .budget(budget(600))
                    .build();

            registry.find(fake.repository("acme/app"), new Tag("1.4"));

            assertThat(waits).hasSameSizeAs(fake.requests()).hasSizeGreaterThan(4);
        }
    }

    @Test
    void neverWaitsWhereThereIsNone() throws Exception {
        RequestBudget none = new RequestBudget(0, () -> now, waits::add);

        none.awaitTurn();
        none.awaitTurn();

        assertThat(waits).isEmpty();
        assertThat(RequestBudget.NONE).hasToString("no limit");
        assertThat(RequestBudget.perMinute(300)).hasToString("300 requests per minute");
    }

    @Test
    void passesAnInterruptOn() {
        RequestBudget budget = RequestBudget.perMinute(1);

        assertThatThrownBy(() -> {
                    budget.awaitTurn();
                    Thread.currentThread().interrupt();
                    budget.awaitTurn();
                })
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void refusesABudgetOfNothing() {
        assertThatThrownBy(() -> RequestBudget.perMinute(0))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("A budget of 0 requests per minute lets none be sent."
                        + " Give 1 or more, as in 300, or leave it out to send without a limit.");
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentArrivalsTest {
    private final AgentArrivals arrivals = new AgentArrivals();

    @Test
    void missesNoneThatCameSinceTheCount() throws Exception {
        long seen = arrivals.count();

        arrivals.onOnline(null, null);

        arrivals.awaitMoreThan(seen);
        assertThat(arrivals.count()).isEqualTo(seen + 1);
    }

    @Test
    void wakesAllThatWait() throws Exception {
        CountDownLatch counted = new CountDownLatch(2);
        CompletableFuture<Void> first = waiting(counted);
        CompletableFuture<Void> second = waiting(counted);
        counted.await();

        arrivals.onOnline(null, null);

        first.get();
        second.get();
    }

    private CompletableFuture<Void> waiting(CountDownLatch counted) {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                long seen = arrivals.count();
                counted.countDown();
                arrivals.awaitMoreThan(seen);
                woken.complete(null);
            } catch (InterruptedException e) {
                woken.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return woken;
    }
}

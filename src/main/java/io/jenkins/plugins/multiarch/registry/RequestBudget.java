package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many requests may be sent in a minute by all threads together, and by everything that is built with the same budget.
 * Each request waits for its turn; turns are evenly spaced, so that no minute has more, wherever it begins.
 */
public final class RequestBudget {
    /** Everything is sent at once. */
    public static final RequestBudget NONE = new RequestBudget(0, System::nanoTime, Waiter.CLOCK);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier clock;
    private final Waiter waiter;
    private boolean begun;
    private long next;

    /**
     * @param perMinute 0 for no limit
     * @param clock in nanoseconds
     */
    RequestBudget(int perMinute, LongSupplier clock, Waiter waiter) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.waiter = waiter;
    }

    /** @param requests 1 or more */
    public static RequestBudget perMinute(int requests) {
        if (requests < 1) {
            throw new ReleaseException(
                    "A budget of " + requests + " requests per minute lets none be sent.",
                    "Give 1 or more, as in 300, or leave it out to send without a limit.");
        }
        return new RequestBudget(requests, System::nanoTime, Waiter.CLOCK);
    }

    /** Returns when the next request may be sent. A turn whose thread is interrupted is lost. */
    void awaitTurn() throws InterruptedException {
        if (perMinute > 0) {
            waiter.await(Duration.ofNanos(claim()));
        }
    }

    private synchronized long claim() {
        long now = clock.getAsLong();
        long turn = begun && next - now > 0 ? next : now;
        begun = true;
        next = turn + (MINUTE + perMinute - 1) / perMinute;
        return turn - now;
    }

    @Override
    public String toString() {
        return perMinute == 0 ? "no limit" : perMinute + " requests per minute";
    }
}

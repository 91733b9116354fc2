package io.jenkins.plugins.multiarch.registry.fake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Holds requests back until it is opened; those that come later are held again. */
final class Gate {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private int waiting;
    private long openings;

    synchronized void await() throws InterruptedException {
        long before = openings;
        waiting++;
        notifyAll();
        try {
            while (openings == before) {
                wait();
            }
        } finally {
            waiting--;
        }
    }

    synchronized void open() {
        openings++;
        notifyAll();
    }

    /** Blocks until somebody is held back, for five minutes at most. */
    synchronized void awaitArrival() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (waiting == 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("nobody came to be held back within " + PATIENCE);
            }
            wait(left);
        }
    }
}

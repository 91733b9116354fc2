package io.jenkins.plugins.multiarch.registry.fake;

/** Holds requests back until it is opened; those that come later are held again. */
final class Gate {
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

    /** Blocks until somebody is held back. */
    synchronized void awaitArrival() throws InterruptedException {
        while (waiting == 0) {
            wait();
        }
    }
}

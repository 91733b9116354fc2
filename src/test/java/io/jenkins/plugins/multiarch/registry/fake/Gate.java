package io.jenkins.plugins.multiarch.registry.fake;

import java.util.concurrent.CountDownLatch;

/** Holds requests back until it is opened; those that come later are held again. */
final class Gate {
    private CountDownLatch latch = new CountDownLatch(1);

    void await() throws InterruptedException {
        current().await();
    }

    private synchronized CountDownLatch current() {
        return latch;
    }

    synchronized void open() {
        latch.countDown();
        latch = new CountDownLatch(1);
    }
}

package io.jenkins.plugins.multiarch.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
@FunctionalInterface
interface Waiter {
    Waiter CLOCK = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

    void await(Duration time) throws InterruptedException;
}

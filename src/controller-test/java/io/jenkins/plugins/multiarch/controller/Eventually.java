package io.jenkins.plugins.multiarch.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks again and again at what another process does, for there is nothing to be told by. */
final class Eventually {
    /** How long anything may take on a busy machine. */
    static final Duration LIMIT = Duration.ofMinutes(6);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private Eventually() {}

    @FunctionalInterface
    interface Look<T> {
        Optional<T> now() throws Exception;
    }

    /** @param what completes "waited in vain for …" */
    static <T> T get(String what, Look<T> look) throws Exception {
        return get(what, PAUSE, look);
    }

    /** @param pause between two looks */
    static <T> T get(String what, Duration pause, Look<T> look) throws Exception {
        Instant end = Instant.now().plus(LIMIT);
        Optional<T> seen = look.now();
        while (seen.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(pause.toMillis());
            seen = look.now();
        }
        return seen.get();
    }
}

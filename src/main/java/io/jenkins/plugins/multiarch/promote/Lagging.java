package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The mirrors that stay behind, each with why. */
final class Lagging {
    private final Map<Mirror, String> behind;

    /** @param known those that stay behind in any case */
    Lagging(Map<Mirror, String> known) {
        behind = new ConcurrentHashMap<>(known);
    }

    /** Something that is found out at a place, in a few calls of its registry. */
    @FunctionalInterface
    interface Look {
        void run() throws InterruptedException;
    }

    /**
     * Finds something out, unless the mirror stays behind already; where that fails it does.
     *
     * @param mirror whose place it is, where that may stay behind; elsewhere what fails is thrown
     */
    void unlessBehind(Optional<Mirror> mirror, Look look) throws InterruptedException {
        if (mirror.filter(behind::containsKey).isPresent()) {
            return;
        }
        try {
            look.run();
        } catch (ReleaseException e) {
            behind.putIfAbsent(mirror.orElseThrow(() -> e), e.fact());
        }
    }

    boolean has(Candidate candidate) {
        return candidate.place().lagging().filter(behind::containsKey).isPresent();
    }

    Map<Mirror, String> behind() {
        return Map.copyOf(behind);
    }
}

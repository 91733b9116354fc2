package io.jenkins.plugins.multiarch.attest.keyless;

import java.time.Instant;
import java.util.Optional;

/** When a key, a certificate authority or a service was or is in use; both ends belong to it, no end means until now. */
public record ValidFor(Instant start, Optional<Instant> end) {

    boolean contains(Instant time) {
        return !time.isBefore(start) && end.map(last -> !time.isAfter(last)).orElse(true);
    }
}

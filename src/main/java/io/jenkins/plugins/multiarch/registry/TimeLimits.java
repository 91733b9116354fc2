package io.jenkins.plugins.multiarch.registry;

import java.time.Duration;

/**
 * How long a registry may keep us waiting.
 *
 * @param connect for the connection
 * @param silence for the first byte of an answer, or between two bytes of a body in either direction
 * @param commit for the answer to an upload that has been sent to its last byte, which a registry may have to hash and
 *     move first
 */
public record TimeLimits(Duration connect, Duration silence, Duration commit) {
    public static final TimeLimits DEFAULT =
            new TimeLimits(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMinutes(10));
}

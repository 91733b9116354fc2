package io.jenkins.plugins.multiarch.attest;

import java.time.Instant;
import java.util.Optional;

/** What a {@link Verifier} found out about one bundle. */
public sealed interface Verification {

    /**
     * The signature is good.
     *
     * @param signer who made it, out of the verifier's own knowledge
     * @param time when at the latest, where a transparency log or a timestamp authority that is trusted says so
     */
    record Verified(String signer, Optional<Instant> time) implements Verification {}

    /**
     * The signature is not good, or somebody else's.
     *
     * @param reason a clause without a full stop, such as {@code no signature by the key SHA256:…}
     */
    record Refused(String reason) implements Verification {}
}

package io.jenkins.plugins.multiarch.attest;

import java.time.Instant;
import java.util.Optional;

/** What came out of looking at one piece of evidence. */
public sealed interface Finding {

    /** Where the evidence is, such as {@code sha256:…} of a referrer, or {@code sha256-….att}. */
    String place();

    /**
     * A statement that the trusted signer made about the image.
     *
     * @param time when at the latest, where somebody trusted says so
     */
    record Accepted(String place, Statement statement, String signer, Optional<Instant> time) implements Finding {}

    /**
     * Evidence that proves nothing here.
     *
     * @param reason a clause without a full stop
     */
    record Rejected(String place, String reason) implements Finding {

        String clause() {
            return place + ": " + reason;
        }
    }
}

package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Digest;
import java.time.Instant;
import java.util.Optional;

/** What one piece of evidence comes to for a verifier, wherever it lies. */
sealed interface Testimony {

    /** A finding about the image beside which it lies. */
    Finding beside(EvidencePlace place);

    /**
     * The trusted signer said it.
     *
     * @param evidence the bytes in which it was found
     */
    record Given(Statement statement, String signer, Optional<Instant> time, Digest evidence) implements Testimony {

        @Override
        public Finding beside(EvidencePlace place) {
            return statement.isAbout(place.subject())
                    ? new Finding.Accepted(place.name(), statement, signer, time)
                    : new Finding.Rejected(place.name(), "it is about something else than " + place.subject());
        }
    }

    /**
     * It proves nothing.
     *
     * @param reason a clause without a full stop
     */
    record Worthless(String reason) implements Testimony {

        @Override
        public Finding beside(EvidencePlace place) {
            return new Finding.Rejected(place.name(), reason);
        }
    }
}

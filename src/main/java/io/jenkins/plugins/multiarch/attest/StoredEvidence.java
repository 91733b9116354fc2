package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One piece of evidence as it lies beside an image, not looked at yet: whoever may write there may have put it there. */
public sealed interface StoredEvidence {

    String place();

    /** Whether the trusted one made it, and about this image. */
    Finding verify(Verifier verifier, Digest subject) throws InterruptedException;

    /** A statement in its envelope. */
    record Attestation(String place, Bundle bundle, Envelope envelope) implements StoredEvidence {

        @Override
        public Finding verify(Verifier verifier, Digest subject) {
            Verification verification = verifier.verify(bundle);
            if (!(verification instanceof Verification.Verified verified)) {
                return new Rejected(place, reason(verification));
            }
            if (!envelope.payloadType().equals(Statement.PAYLOAD_TYPE)) {
                return new Rejected(
                        place, "its payload is of the type '" + Shown.of(envelope.payloadType()) + "', no statement");
            }
            try {
                Statement statement = Statement.parse(envelope.payload());
                return statement.isAbout(subject)
                        ? new Accepted(place, statement, verified.signer(), verified.time())
                        : new Rejected(place, "it is about something else than " + subject);
            } catch (ReleaseException e) {
                return new Rejected(place, clause(e));
            }
        }
    }

    /** A signature over the simple form in which cosign names an image. */
    record Signature(String place, Bundle bundle, byte[] payload) implements StoredEvidence {

        @Override
        public Finding verify(Verifier verifier, Digest subject) throws InterruptedException {
            Verification verification = verify(verifier);
            if (!(verification instanceof Verification.Verified verified)) {
                return new Rejected(place, reason(verification));
            }
            try {
                return SimpleSigning.isAbout(subject, payload)
                        ? new Accepted(place, statement(subject), verified.signer(), verified.time())
                        : new Rejected(place, "it is about something else than " + subject);
            } catch (ReleaseException e) {
                return new Rejected(place, clause(e));
            }
        }

        private Verification verify(Verifier verifier) throws InterruptedException {
            try {
                return verifier.verify(bundle, Blob.of(CosignTags.SIMPLE_SIGNING, payload));
            } catch (IOException e) {
                throw new UncheckedIOException("bytes in memory can always be read", e);
            }
        }

        /** The same claim as cosign 3 writes it. */
        private static Statement statement(Digest subject) {
            return Statement.of(List.of(Subject.of(subject)), PredicateTypes.COSIGN_SIGNATURE, Json.object());
        }
    }

    /** What has the form of evidence and cannot be read. */
    record Unreadable(String place, String reason) implements StoredEvidence {

        @Override
        public Finding verify(Verifier verifier, Digest subject) {
            return new Rejected(place, reason);
        }
    }

    /** Evidence out of a bundle, whatever it holds. */
    static StoredEvidence of(String place, Bundle bundle) {
        return bundle.content() instanceof Envelope envelope
                ? new Attestation(place, bundle, envelope)
                : new Unreadable(place, "it is the signature of a file");
    }

    private static String reason(Verification verification) {
        return ((Verification.Refused) verification).reason();
    }

    /** A refusal as a clause. */
    static String clause(ReleaseException e) {
        return e.fact().replaceFirst("\\.$", "");
    }
}

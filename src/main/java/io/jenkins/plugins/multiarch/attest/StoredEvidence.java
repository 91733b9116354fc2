package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** One piece of evidence as it lies beside images, not looked at yet: whoever may write there may have put it there. */
sealed interface StoredEvidence {

    /** Whether the trusted one made it, and what it says. */
    Testimony verify(Verifier verifier) throws InterruptedException;

    /** A statement in its envelope. */
    record Attestation(Digest digest, Bundle bundle, Envelope envelope) implements StoredEvidence {

        /** What it says, whoever signed it; nothing where that is no statement. */
        Optional<Statement> statement() {
            try {
                return envelope.payloadType().equals(Statement.PAYLOAD_TYPE)
                        ? Optional.of(Statement.parse(envelope.payload()))
                        : Optional.empty();
            } catch (ReleaseException e) {
                return Optional.empty();
            }
        }

        @Override
        public Testimony verify(Verifier verifier) {
            Verification verification = verifier.verify(bundle);
            if (!(verification instanceof Verification.Verified verified)) {
                return worthless(verification);
            }
            if (!envelope.payloadType().equals(Statement.PAYLOAD_TYPE)) {
                return new Testimony.Worthless(
                        "its payload is of the type '" + Shown.of(envelope.payloadType()) + "', no statement");
            }
            try {
                Statement statement = Statement.parse(envelope.payload());
                return new Testimony.Given(statement, verified.signer(), verified.time(), digest);
            } catch (ReleaseException e) {
                return new Testimony.Worthless(clause(e));
            }
        }
    }

    /** A signature over the simple form in which cosign names an image. */
    record Signature(Digest digest, Bundle bundle, byte[] payload) implements StoredEvidence {

        @Override
        public Testimony verify(Verifier verifier) throws InterruptedException {
            Verification verification = verification(verifier);
            if (!(verification instanceof Verification.Verified verified)) {
                return worthless(verification);
            }
            try {
                Statement statement = statement(SimpleSigning.image(payload));
                return new Testimony.Given(statement, verified.signer(), verified.time(), digest);
            } catch (ReleaseException e) {
                return new Testimony.Worthless(clause(e));
            }
        }

        private Verification verification(Verifier verifier) throws InterruptedException {
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
    record Unreadable(String reason) implements StoredEvidence {

        @Override
        public Testimony verify(Verifier verifier) {
            return new Testimony.Worthless(reason);
        }
    }

    /** The evidence in a layer, whatever that holds. */
    static StoredEvidence parse(Descriptor layer, byte[] content) {
        try {
            return BundleJson.isBundle(layer.mediaType())
                    ? bundle(layer.digest(), Bundle.parse(content))
                    : cosign(layer, content);
        } catch (ReleaseException e) {
            return new Unreadable(clause(e));
        }
    }

    private static StoredEvidence bundle(Digest digest, Bundle bundle) {
        return bundle.content() instanceof Envelope envelope
                ? new Attestation(digest, bundle, envelope)
                : new Unreadable("it is the signature of a file");
    }

    private static StoredEvidence cosign(Descriptor layer, byte[] content) {
        if (layer.mediaType().equals(CosignTags.DSSE)) {
            Envelope envelope = Envelope.parse(content);
            return new Attestation(layer.digest(), CosignAnnotations.read(envelope, layer.annotations()), envelope);
        }
        byte[] signature = Base64Text.decode(
                layer.annotations().getOrDefault(CosignAnnotations.SIGNATURE, ""), "The signature of an image");
        MessageSignature message = new MessageSignature("", new byte[0], signature);
        return new Signature(layer.digest(), CosignAnnotations.read(message, layer.annotations()), content);
    }

    private static Testimony worthless(Verification verification) {
        return new Testimony.Worthless(((Verification.Refused) verification).reason());
    }

    /** A refusal as a clause. */
    static String clause(ReleaseException e) {
        return e.fact().replaceFirst("\\.$", "");
    }
}

package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Attestation;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Signature;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a signer has already put beside an image, so that nothing is signed or stored twice. */
final class ExistingEvidence {
    private static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";

    private final Optional<Verifier> own;
    private final Map<Digest, List<StoredEvidence>> beside;

    private ExistingEvidence(Optional<Verifier> own, Map<Digest, List<StoredEvidence>> beside) {
        this.own = own;
        this.beside = beside;
    }

    /**
     * Reads what lies beside these, as far as it can be of one of these types.
     *
     * @param own knows the signer's signatures; where nobody does, nothing counts as there already
     */
    static ExistingEvidence read(
            EvidenceReader reader,
            List<Descriptor> subjects,
            Set<String> types,
            StorageForm form,
            Optional<Verifier> own)
            throws InterruptedException {
        return new ExistingEvidence(
                own, own.isEmpty() ? Map.of() : reader.read(subjects, form, referrer -> mayBe(types, referrer)));
    }

    private static boolean mayBe(Set<String> types, Descriptor referrer) {
        String type = referrer.annotations().get(PREDICATE_TYPE);
        return type == null || types.contains(type);
    }

    /** The statement as this signer has put it beside any of the manifests, in the form that is wanted first. */
    Optional<Bundle> anywhere(byte[] payload, StorageForm form) {
        return beside.keySet().stream()
                .flatMap(subject -> find(subject, payload, !form.hasBundles()).stream())
                .map(Attestation::bundle)
                .findFirst();
    }

    /** The statement as it lies beside a manifest: in cosign's tag, or as a referrer. */
    Optional<Attestation> find(Digest subject, byte[] payload, boolean tagged) {
        return beside.getOrDefault(subject, List.of()).stream()
                .filter(Attestation.class::isInstance)
                .map(Attestation.class::cast)
                .filter(one -> one.place().endsWith(CosignTags.ATTESTATIONS) == tagged)
                .filter(one -> Arrays.equals(one.envelope().payload(), payload))
                .filter(one -> own.orElseThrow().verify(one.bundle()) instanceof Verification.Verified)
                .findFirst();
    }

    /** Whether a manifest has the simple signature with this payload. */
    boolean isSigned(Digest subject, byte[] payload) throws InterruptedException {
        for (StoredEvidence one : beside.getOrDefault(subject, List.of())) {
            if (one instanceof Signature signature
                    && Arrays.equals(signature.payload(), payload)
                    && signature.verify(own.orElseThrow(), subject) instanceof Finding.Accepted) {
                return true;
            }
        }
        return false;
    }
}

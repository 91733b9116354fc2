package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Attestation;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Signature;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a signer has already put beside an image, so that nothing is signed or stored twice. */
final class ExistingEvidence {
    private static final String PREDICATE_TYPE = "dev.sigstore.bundle.predicateType";

    private final Optional<Verifier> own;
    private final Map<Digest, List<StoredEvidence>> referrers = new ConcurrentHashMap<>();
    private final Map<Digest, List<StoredEvidence>> attestations = new ConcurrentHashMap<>();
    private final Map<Digest, List<StoredEvidence>> signatures = new ConcurrentHashMap<>();

    /** @param own knows the signer's signatures; where nobody does, nothing counts as there already */
    ExistingEvidence(Optional<Verifier> own) {
        this.own = own;
    }

    /** Reads what lies beside these, as far as it can be of one of these types. */
    void read(EvidenceReader reader, List<Descriptor> subjects, Set<String> types, StorageForm form, WorkPool pool)
            throws InterruptedException {
        if (own.isEmpty()) {
            return;
        }
        pool.each(subjects, subject -> {
            Digest digest = subject.digest();
            if (form.hasBundles()) {
                referrers.put(digest, reader.referrers(digest, referrer -> mayBe(types, referrer)));
            }
            if (form.hasTags()) {
                attestations.put(digest, reader.tagged(digest, CosignTags.ATTESTATIONS));
                signatures.put(digest, reader.tagged(digest, CosignTags.SIGNATURES));
            }
        });
    }

    private static boolean mayBe(Set<String> types, Descriptor referrer) {
        String type = referrer.annotations().get(PREDICATE_TYPE);
        return type == null || types.contains(type);
    }

    /** The statement as this signer has put it beside any of the manifests, in the form that is wanted first. */
    Optional<Bundle> anywhere(byte[] payload, StorageForm form) {
        return (form.hasBundles() ? referrers : attestations)
                .values().stream()
                        .flatMap(there -> own(there, payload).stream())
                        .map(Attestation::bundle)
                        .findFirst();
    }

    /** The statement as it lies beside this manifest as a referrer. */
    Optional<Attestation> referrer(Digest subject, byte[] payload) {
        return own(referrers.getOrDefault(subject, List.of()), payload);
    }

    /** The statement as it lies in cosign's tag for this manifest. */
    Optional<Attestation> tagged(Digest subject, byte[] payload) {
        return own(attestations.getOrDefault(subject, List.of()), payload);
    }

    /** Whether this manifest has the simple signature with this payload. */
    boolean isSigned(Digest subject, byte[] payload) throws InterruptedException {
        for (StoredEvidence one : signatures.getOrDefault(subject, List.of())) {
            if (one instanceof Signature signature
                    && Arrays.equals(signature.payload(), payload)
                    && signature.verify(own.orElseThrow(), subject) instanceof Finding.Accepted) {
                return true;
            }
        }
        return false;
    }

    private Optional<Attestation> own(List<StoredEvidence> there, byte[] payload) {
        return there.stream()
                .filter(Attestation.class::isInstance)
                .map(Attestation.class::cast)
                .filter(one -> Arrays.equals(one.envelope().payload(), payload))
                .filter(one -> own.orElseThrow().verify(one.bundle()) instanceof Verification.Verified)
                .findFirst();
    }
}

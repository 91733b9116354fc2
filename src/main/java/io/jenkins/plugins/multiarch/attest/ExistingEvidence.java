package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.AttestationPlan.Placement;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Attestation;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Signature;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.KeyHint;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a signer has already put beside an image, so that nothing is signed or stored twice. */
final class ExistingEvidence {
    private final Set<Digest> payloads;
    private final StorageForm form;

    /** One bundle of each statement, and where statements and signatures lie. */
    private final Map<Digest, Bundle> bundles = new ConcurrentHashMap<>();

    private final Map<Spot, String> places = new HashMap<>();

    /** @param payload what is signed, by its sha256 */
    private record Spot(Digest subject, Digest payload, boolean tagged) {}

    private record Found(Spot spot, String place) {}

    private ExistingEvidence(List<Placement> placements, StorageForm form) {
        this.payloads = placements.stream()
                .map(placement -> Digest.sha256(placement.statement().toBytes()))
                .collect(Collectors.toSet());
        this.form = form;
    }

    /**
     * Looks at what lies beside these, as far as it can be one of these statements.
     *
     * @param own knows the signer's signatures; where nobody does, nothing counts as there already
     */
    static ExistingEvidence read(
            EvidenceReader reader,
            List<Descriptor> subjects,
            List<Placement> placements,
            StorageForm form,
            Optional<Verifier> own)
            throws InterruptedException {
        ExistingEvidence existing = new ExistingEvidence(placements, form);
        if (own.isPresent()) {
            Map<Digest, List<Optional<Found>>> found =
                    reader.read(subjects, evidence -> existing.look(evidence, own.get()));
            found.values().stream()
                    .flatMap(List::stream)
                    .flatMap(Optional::stream)
                    .forEach(one -> existing.places.putIfAbsent(one.spot(), one.place()));
        }
        return existing;
    }

    /** Which referrers may hold statements of these types. */
    static Predicate<Descriptor> mayBe(Set<String> types) {
        return referrer -> {
            String type = referrer.annotations().get(BundleReferrers.PREDICATE_TYPE);
            return BundleJson.isBundle(referrer.artifactType()) && (type == null || types.contains(type));
        };
    }

    /** Nothing is kept of what somebody else signed, whatever it says. */
    private Function<EvidencePlace, Optional<Found>> look(StoredEvidence evidence, Verifier own)
            throws InterruptedException {
        if (evidence instanceof Attestation attestation) {
            Digest payload = Digest.sha256(attestation.envelope().payload());
            return payloads.contains(payload) && own.verify(attestation.bundle()) instanceof Verification.Verified
                    ? place -> attested(place, payload, attestation.bundle(), own)
                    : place -> Optional.empty();
        }
        if (evidence instanceof Signature signature
                && isWhole(signature.bundle(), own, true)
                && signature.verify(own) instanceof Testimony.Given) {
            Digest payload = Digest.sha256(signature.payload());
            return place -> Optional.of(new Found(new Spot(place.subject(), payload, true), place.name()));
        }
        return place -> Optional.empty();
    }

    private Optional<Found> attested(EvidencePlace place, Digest payload, Bundle bundle, Verifier own) {
        boolean tagged = place.name().endsWith(CosignTags.ATTESTATIONS);
        if (!isWhole(bundle, own, tagged)) {
            return Optional.empty();
        }
        if (tagged != form.hasBundles()) {
            bundles.putIfAbsent(payload, bundle);
        }
        return Optional.of(new Found(new Spot(place.subject(), payload, tagged), place.name()));
    }

    /**
     * Whether it is as the signer wrote it. A key alone decides for its verifier, so that a copy with another's certificate
     * or a log entry made up verifies here, and nowhere else.
     */
    private static boolean isWhole(Bundle bundle, Verifier own, boolean tagged) {
        if (!(own instanceof KeyVerifier key)) {
            return true;
        }
        KeyHint hint = tagged ? CosignAnnotations.NO_HINT : key.hint();
        return bundle.equals(Bundle.of(bundle.content(), hint));
    }

    /** The statement as this signer has put it beside any of the manifests, in the form that is wanted first. */
    Optional<Bundle> anywhere(Digest payload) {
        return Optional.ofNullable(bundles.get(payload));
    }

    /** Where the statement lies beside a manifest: in cosign's tag, or as a referrer. */
    Optional<String> find(Digest subject, Digest payload, boolean tagged) {
        return Optional.ofNullable(places.get(new Spot(subject, payload, tagged)));
    }

    /** Whether a manifest has the simple signature with this payload. */
    boolean isSigned(Digest subject, byte[] payload) {
        return find(subject, Digest.sha256(payload), true).isPresent();
    }
}

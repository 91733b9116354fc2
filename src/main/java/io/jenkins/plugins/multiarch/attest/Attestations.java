package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.AttestationPlan.Placement;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WorkPool.Work;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs statements about images and puts them beside every digest that somebody can pull: the index and each image in it.
 *
 * <p>Doing it again changes nothing: a statement that lies there with the same payload and a signature of the same signer is
 * taken as it is. Where a run broke off, the next one puts the bundle of the first beside the manifests that lack it.
 */
public final class Attestations {
    private final Registry registry;
    private final Consumer<String> log;
    private final Clock clock;

    /** @param log gets one line for each piece of evidence that is put somewhere */
    public Attestations(Registry registry, Consumer<String> log) {
        this(registry, log, Clock.systemUTC());
    }

    Attestations(Registry registry, Consumer<String> log, Clock clock) {
        this.registry = registry;
        this.log = log;
        this.clock = clock;
    }

    /**
     * A statement that is signed, by now or before.
     *
     * @param payload its sha256
     * @param isNew whether by now
     */
    private record Signed(Placement placement, Digest payload, Bundle bundle, boolean isNew) {}

    /**
     * Refuses what {@link #attest} would refuse of an image before it signs anything, for those who attest several and want
     * all or none.
     */
    public static void check(Registry registry, AttestationRequest request, ImageSubjects image)
            throws InterruptedException {
        new AttestationPlan(registry, request, image).placements();
    }

    /**
     * Attests what the request says. Everything is read and checked before the first thing is signed or written.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if the image is not there, lacks a platform, or a document
     *     is about something else
     */
    public AttestedImage attest(AttestationRequest request, Signer signer) throws InterruptedException {
        Optional<Verifier> own = signer.verifier();
        try (WorkPool pool = new WorkPool()) {
            EvidenceReader reader = new EvidenceReader(
                    registry, request.image().repository(), pool, ExistingEvidence.mayBe(request.predicateTypes()));
            ImageSubjects image = ImageSubjects.read(registry, request.image(), pool, digest -> {
                if (own.isPresent()) {
                    reader.begin(digest, request.form());
                }
            });
            List<Placement> placements = new AttestationPlan(registry, request, image).placements();
            ExistingEvidence existing = ExistingEvidence.read(reader, image.all(), placements, request.form(), own);
            List<Signed> signed = sign(placements, existing, signer);
            List<StoredAttestation> stored = new ArrayList<>();
            if (request.form().hasBundles()) {
                stored.addAll(refer(image, signed, existing, pool));
            }
            if (request.form().hasTags()) {
                stored.addAll(tag(image, request, signed, existing, signer, pool));
            }
            stored.stream().filter(StoredAttestation::changed).forEach(one -> log.accept(line(image, one)));
            return new AttestedImage(image.reference(), signer.name(), stored);
        }
    }

    private static List<Signed> sign(List<Placement> placements, ExistingEvidence existing, Signer signer)
            throws InterruptedException {
        List<Signed> all = new ArrayList<>();
        for (Placement placement : placements) {
            byte[] payload = placement.statement().toBytes();
            Digest digest = Digest.sha256(payload);
            Optional<Bundle> before = existing.anywhere(digest);
            Bundle bundle = before.isPresent() ? before.get() : signer.attest(Statement.PAYLOAD_TYPE, payload);
            all.add(new Signed(placement, digest, bundle, before.isEmpty()));
        }
        return all;
    }

    private List<StoredAttestation> refer(
            ImageSubjects image, List<Signed> all, ExistingEvidence existing, WorkPool pool)
            throws InterruptedException {
        BundleReferrers referrers = new BundleReferrers(registry, image.repository(), clock);
        List<Work<StoredAttestation>> work = new ArrayList<>();
        Map<Bundle, Boolean> missing = new LinkedHashMap<>();
        for (Signed one : all) {
            String type = one.placement().statement().predicateType();
            for (Descriptor subject : one.placement().subjects()) {
                Optional<StoredAttestation> there = existing.find(subject.digest(), one.payload(), false)
                        .map(place -> new StoredAttestation(subject.digest(), type, place, false));
                if (there.isEmpty()) {
                    missing.put(one.bundle(), one.isNew());
                }
                work.add(() -> there.isPresent() ? there.get() : referrers.refer(one.bundle(), type, subject));
            }
        }
        referrers.push(missing, pool);
        return pool.all(work);
    }

    private List<StoredAttestation> tag(
            ImageSubjects image,
            AttestationRequest request,
            List<Signed> all,
            ExistingEvidence existing,
            Signer signer,
            WorkPool pool)
            throws InterruptedException {
        CosignWriter cosign =
                new CosignWriter(image.repository(), new CosignTags(registry, image.repository(), Backoff.DEFAULT));
        List<Work<StoredAttestation>> work = new ArrayList<>();
        for (Signed one : all) {
            String type = one.placement().statement().predicateType();
            if (type.equals(PredicateTypes.COSIGN_SIGNATURE)) {
                continue; // a signature has a tag of its own
            }
            for (Descriptor subject : one.placement().subjects()) {
                Digest digest = subject.digest();
                Optional<StoredAttestation> there = existing.find(digest, one.payload(), true)
                        .map(place -> new StoredAttestation(digest, type, place, false));
                work.add(() -> there.isPresent() ? there.get() : cosign.attestation(one.bundle(), type, digest));
            }
        }
        if (request.signed()) {
            for (Descriptor subject : image.all()) {
                work.add(() -> signature(image, subject.digest(), existing, cosign, signer));
            }
        }
        List<StoredAttestation> stored = pool.all(work);
        cosign.settle();
        return stored;
    }

    private static StoredAttestation signature(
            ImageSubjects image, Digest subject, ExistingEvidence existing, CosignWriter cosign, Signer signer)
            throws InterruptedException {
        if (existing.isSigned(subject, SimpleSigning.payload(image.repository(), subject))) {
            String tag = CosignTags.tag(subject, CosignTags.SIGNATURES).toString();
            return new StoredAttestation(subject, PredicateTypes.COSIGN_SIGNATURE, tag, false);
        }
        return cosign.signature(signer, subject);
    }

    private static String line(ImageSubjects image, StoredAttestation one) {
        return "Put " + one.predicateType() + " beside " + image.repository() + "@" + one.subject() + ": "
                + one.place();
    }
}

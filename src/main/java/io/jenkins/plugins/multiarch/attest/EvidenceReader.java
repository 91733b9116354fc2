package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Attestation;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Signature;
import io.jenkins.plugins.multiarch.attest.StoredEvidence.Unreadable;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WorkPool.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads the evidence that lies beside images of a repository: bundles as referrers, and what cosign keeps in referrers or
 * tags of its own. Lists come first, then manifests, then blobs, all of a kind at once.
 *
 * <p>Whoever may write to the repository may have put anything there, so what cannot be read is evidence that proves
 * nothing, and not an error.
 */
final class EvidenceReader {
    private final Repository repository;
    private final Registry registry;
    private final EvidencePlaces places;
    private final WorkPool pool;

    EvidenceReader(Registry registry, Repository repository, WorkPool pool) {
        this.registry = registry;
        this.repository = repository;
        this.places = new EvidencePlaces(registry, repository, new CosignTags(registry, repository, Backoff.DEFAULT));
        this.pool = pool;
    }

    /** All that may be evidence. */
    Map<Digest, List<StoredEvidence>> read(List<Descriptor> subjects) throws InterruptedException {
        return read(subjects, StorageForm.BOTH, any -> true);
    }

    /**
     * What lies beside each subject.
     *
     * @param form where to look
     * @param wanted which of the listed referrers to look at
     */
    Map<Digest, List<StoredEvidence>> read(List<Descriptor> subjects, StorageForm form, Predicate<Descriptor> wanted)
            throws InterruptedException {
        List<Work<List<Work<EvidencePlace>>>> lists = new ArrayList<>();
        for (Descriptor subject : subjects) {
            Digest digest = subject.digest();
            if (form.hasBundles()) {
                lists.add(() -> referrers(digest, wanted));
            }
            if (form.hasTags()) {
                lists.add(() -> List.of(found(places.tag(digest, CosignTags.ATTESTATIONS))));
                lists.add(() -> List.of(found(places.tag(digest, CosignTags.SIGNATURES))));
            }
        }
        List<Work<EvidencePlace>> manifests =
                pool.all(lists).stream().flatMap(List::stream).toList();
        return contents(subjects, pool.all(manifests));
    }

    private List<Work<EvidencePlace>> referrers(Digest subject, Predicate<Descriptor> wanted)
            throws InterruptedException {
        List<Work<EvidencePlace>> all = new ArrayList<>();
        for (Descriptor referrer : places.referrers(subject, wanted)) {
            all.add(() -> places.referrer(subject, referrer));
        }
        return all;
    }

    private static Work<EvidencePlace> found(EvidencePlace place) {
        return () -> place;
    }

    private Map<Digest, List<StoredEvidence>> contents(List<Descriptor> subjects, List<EvidencePlace> found)
            throws InterruptedException {
        EvidenceBlobs blobs = new EvidenceBlobs(registry, repository);
        blobs.fetch(found.stream().flatMap(place -> place.layers().stream()).toList(), pool);
        Map<Digest, List<StoredEvidence>> all = new LinkedHashMap<>();
        subjects.forEach(subject -> all.put(subject.digest(), new ArrayList<>()));
        for (EvidencePlace place : found) {
            List<StoredEvidence> beside = all.get(place.subject());
            if (!place.problem().isEmpty()) {
                beside.add(new Unreadable(place.name(), place.problem()));
            }
            place.layers().forEach(layer -> beside.add(evidence(place.name(), layer, blobs)));
        }
        return all;
    }

    private static StoredEvidence evidence(String place, Descriptor layer, EvidenceBlobs blobs) {
        if (!blobs.has(layer)) {
            return new Unreadable(place, blobs.problem(layer));
        }
        byte[] content = blobs.content(layer);
        try {
            return BundleJson.isBundle(layer.mediaType())
                    ? StoredEvidence.of(place, Bundle.parse(content))
                    : cosign(place, layer, content);
        } catch (ReleaseException e) {
            return new Unreadable(place, StoredEvidence.clause(e));
        }
    }

    private static StoredEvidence cosign(String place, Descriptor layer, byte[] content) {
        if (layer.mediaType().equals(CosignTags.DSSE)) {
            Envelope envelope = Envelope.parse(content);
            return new Attestation(place, CosignAnnotations.read(envelope, layer.annotations()), envelope);
        }
        byte[] signature = Base64Text.decode(
                layer.annotations().getOrDefault(CosignAnnotations.SIGNATURE, ""), "The signature of an image");
        MessageSignature message = new MessageSignature("", new byte[0], signature);
        return new Signature(place, CosignAnnotations.read(message, layer.annotations()), content);
    }
}

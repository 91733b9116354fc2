package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.StoredEvidence.Unreadable;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WorkPool.Begun;
import io.jenkins.plugins.multiarch.registry.WorkPool.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the evidence that lies beside images of a repository: bundles as referrers, and what cosign keeps in referrers or
 * tags of its own. Lists and manifests come first, then the pieces themselves, each of which is read, judged and dropped.
 *
 * <p>Whoever may write to the repository may have put anything there, so what cannot be read is evidence that proves
 * nothing, and not an error; what is more than {@link EvidenceBudget} allows is one.
 */
final class EvidenceReader {
    private final EvidencePlaces places;
    private final EvidenceBlobs blobs;
    private final EvidenceBudget budget;
    private final WorkPool pool;
    private final Predicate<Descriptor> wanted;
    private final List<Begun<List<Begun<EvidencePlace>>>> begun = new ArrayList<>();

    /** Looks at a piece of evidence once, and then says for each place where it lies what to keep of it. */
    @FunctionalInterface
    interface Judge<R> {
        Function<EvidencePlace, R> judge(StoredEvidence evidence) throws InterruptedException;
    }

    /** @param wanted which of the listed referrers to look at */
    EvidenceReader(Registry registry, Repository repository, WorkPool pool, Predicate<Descriptor> wanted) {
        this.places = new EvidencePlaces(registry, repository, new CosignTags(registry, repository, Backoff.DEFAULT));
        this.budget = new EvidenceBudget(repository);
        this.blobs = new EvidenceBlobs(registry, repository, budget);
        this.pool = pool;
        this.wanted = wanted;
    }

    /** Begins to look beside a subject. */
    void begin(Digest subject, StorageForm form) {
        if (form.hasBundles()) {
            begun.add(pool.begin(() -> referrers(subject)));
        }
        if (form.hasTags()) {
            begun.add(pool.begin(() -> found(places.tag(subject, CosignTags.ATTESTATIONS))));
            begun.add(pool.begin(() -> found(places.tag(subject, CosignTags.SIGNATURES))));
        }
    }

    /** What is to be kept of what lies where {@link #begin} began to look; those are done with then. */
    <R> Map<Digest, List<R>> read(List<Descriptor> subjects, Judge<R> judge) throws InterruptedException {
        List<EvidencePlace> found = new ArrayList<>();
        for (Begun<List<Begun<EvidencePlace>>> list : begun) {
            for (Begun<EvidencePlace> place : list.get()) {
                found.add(place.get());
            }
        }
        begun.clear();
        return judged(subjects, found, judge);
    }

    private List<Begun<EvidencePlace>> referrers(Digest subject) throws InterruptedException {
        List<Digest> listed = places.referrers(subject, wanted);
        budget.listed(listed.size());
        List<Begun<EvidencePlace>> all = new ArrayList<>();
        for (Digest referrer : listed) {
            all.add(pool.begin(() -> {
                EvidencePlace place = places.referrer(subject, referrer);
                budget.found(place);
                return place;
            }));
        }
        return all;
    }

    private List<Begun<EvidencePlace>> found(EvidencePlace place) {
        budget.found(place);
        return List.of(() -> place);
    }

    private <R> Map<Digest, List<R>> judged(List<Descriptor> subjects, List<EvidencePlace> found, Judge<R> judge)
            throws InterruptedException {
        Map<Descriptor, Iterator<R>> pieces = pieces(found, judge);
        Map<Digest, List<R>> all = new LinkedHashMap<>();
        subjects.forEach(subject -> all.put(subject.digest(), new ArrayList<>()));
        for (EvidencePlace place : found) {
            List<R> beside = all.get(place.subject());
            if (!place.problem().isEmpty()) {
                beside.add(judge.judge(new Unreadable(place.problem())).apply(place));
            }
            place.layers().forEach(piece -> beside.add(pieces.get(piece).next()));
        }
        return all;
    }

    /** What is kept of each piece, in the order of the places where it lies. */
    private <R> Map<Descriptor, Iterator<R>> pieces(List<EvidencePlace> found, Judge<R> judge)
            throws InterruptedException {
        Map<Descriptor, List<EvidencePlace>> pieces = new LinkedHashMap<>();
        for (EvidencePlace place : found) {
            place.layers()
                    .forEach(piece -> pieces.computeIfAbsent(piece, any -> new ArrayList<>())
                            .add(place));
        }
        List<Work<List<R>>> work = new ArrayList<>();
        pieces.forEach((piece, places) -> work.add(() -> blobs.judge(piece, places, judge)));
        blobs.refuseTooMany(pieces.keySet());
        Iterator<List<R>> judged = pool.all(work).iterator();
        Map<Descriptor, Iterator<R>> kept = new HashMap<>();
        pieces.keySet().forEach(piece -> kept.put(piece, judged.next().iterator()));
        return kept;
    }
}

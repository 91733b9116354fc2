package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WorkPool.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at the evidence beside an image and every image in its index: bundles as referrers, and what cosign keeps in
 * referrers and tags of its own. Nothing is written.
 */
public final class ImageVerification {
    private final Registry registry;

    public ImageVerification(Registry registry) {
        this.registry = registry;
    }

    /** All evidence beside an image and its children, as one verifier sees it. */
    public List<Finding> findings(ImageRef image, Verifier verifier) throws InterruptedException {
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        List<Finding> all = new ArrayList<>();
        for (Map.Entry<Digest, List<StoredEvidence>> beside : evidence(subjects).entrySet()) {
            for (StoredEvidence one : beside.getValue()) {
                all.add(one.verify(verifier, beside.getKey()));
            }
        }
        return all;
    }

    /** What lies beside each digest. */
    Map<Digest, List<StoredEvidence>> evidence(ImageSubjects subjects) throws InterruptedException {
        Repository repository = subjects.repository();
        EvidenceReader reader =
                new EvidenceReader(registry, repository, new CosignTags(registry, repository, Backoff.DEFAULT));
        List<Work<List<StoredEvidence>>> work = new ArrayList<>();
        for (Descriptor subject : subjects.all()) {
            Digest digest = subject.digest();
            work.add(() -> reader.referrers(digest, any -> true));
            work.add(() -> reader.tagged(digest, CosignTags.ATTESTATIONS));
            work.add(() -> reader.tagged(digest, CosignTags.SIGNATURES));
        }
        try (WorkPool pool = new WorkPool()) {
            List<List<StoredEvidence>> read = pool.all(work);
            Map<Digest, List<StoredEvidence>> all = new LinkedHashMap<>();
            for (Descriptor subject : subjects.all()) {
                List<StoredEvidence> beside = new ArrayList<>();
                read.subList(all.size() * 3, all.size() * 3 + 3).forEach(beside::addAll);
                all.put(subject.digest(), List.copyOf(beside));
            }
            return all;
        }
    }
}

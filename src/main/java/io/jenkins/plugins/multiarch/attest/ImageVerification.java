package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.time.Clock;
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
    private final Clock clock;

    public ImageVerification(Registry registry) {
        this(registry, Clock.systemUTC());
    }

    ImageVerification(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Holds an image and all images of its index against a policy.
     *
     * @param trusted whose word counts, by {@link VerificationPolicy#verifier}
     */
    public VerificationVerdict verify(ImageRef image, VerificationPolicy policy, Verifier trusted)
            throws InterruptedException {
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        return new PolicyCheck(policy, subjects, findings(subjects, trusted), clock.instant()).verdict();
    }

    /** All evidence beside an image and its children, as one verifier sees it. */
    public List<Finding> findings(ImageRef image, Verifier verifier) throws InterruptedException {
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        return findings(subjects, verifier).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private Map<Digest, List<Finding>> findings(ImageSubjects subjects, Verifier verifier) throws InterruptedException {
        Map<Digest, List<Finding>> all = new LinkedHashMap<>();
        for (Map.Entry<Digest, List<StoredEvidence>> beside : evidence(subjects).entrySet()) {
            List<Finding> found = new ArrayList<>();
            for (StoredEvidence one : beside.getValue()) {
                found.add(one.verify(verifier, beside.getKey()));
            }
            all.put(beside.getKey(), found);
        }
        return all;
    }

    private Map<Digest, List<StoredEvidence>> evidence(ImageSubjects subjects) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            return new EvidenceReader(registry, subjects.repository(), pool).read(subjects.all());
        }
    }
}

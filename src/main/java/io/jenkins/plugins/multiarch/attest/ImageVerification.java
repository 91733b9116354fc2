package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.time.Clock;
import java.time.Instant;
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
     * Holds an image and all images of its index against a policy. cosign's tags are asked for where the referrers do not
     * satisfy it, or where the newest of some evidence counts, wherever that lies.
     *
     * @param trusted whose word counts, by {@link VerificationPolicy#verifier}
     */
    public VerificationVerdict verify(ImageRef image, VerificationPolicy policy, Verifier trusted)
            throws InterruptedException {
        Instant now = clock.instant();
        EvidenceReader.Judge<WeighedEvidence> judge =
                evidence -> WeighedEvidence.of(evidence.verify(trusted), policy.requirements(), now);
        StorageForm first = policy.countsTheNewest() ? StorageForm.BOTH : StorageForm.BUNDLE;
        try (WorkPool pool = new WorkPool()) {
            EvidenceReader reader = new EvidenceReader(registry, image.repository(), pool, policy::mayBeRequired);
            ImageSubjects subjects = ImageSubjects.read(registry, image, pool, digest -> reader.begin(digest, first));
            Map<Digest, List<WeighedEvidence>> found = reader.read(subjects.all(), judge);
            VerificationVerdict verdict = new PolicyCheck(policy, subjects, found).verdict();
            if (verdict.isPassed() || first.hasTags()) {
                return verdict;
            }
            subjects.all().forEach(subject -> reader.begin(subject.digest(), StorageForm.LEGACY));
            reader.read(subjects.all(), judge)
                    .forEach((subject, more) -> found.get(subject).addAll(more));
            return new PolicyCheck(policy, subjects, found).verdict();
        }
    }

    /** All evidence beside an image and its children, as one verifier sees it, with the statements whole. */
    public List<Finding> findings(ImageRef image, Verifier verifier) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            EvidenceReader reader = new EvidenceReader(registry, image.repository(), pool, any -> true);
            ImageSubjects subjects =
                    ImageSubjects.read(registry, image, pool, digest -> reader.begin(digest, StorageForm.BOTH));
            Map<Digest, List<Finding>> found =
                    reader.read(subjects.all(), evidence -> evidence.verify(verifier)::beside);
            return found.values().stream().flatMap(List::stream).toList();
        }
    }
}

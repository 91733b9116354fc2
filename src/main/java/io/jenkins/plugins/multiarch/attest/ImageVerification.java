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
     * Holds an image and all images of its index against a policy.
     *
     * @param trusted whose word counts, by {@link VerificationPolicy#verifier}
     */
    public VerificationVerdict verify(ImageRef image, VerificationPolicy policy, Verifier trusted)
            throws InterruptedException {
        ImageSubjects subjects = ImageSubjects.read(registry, image);
        Instant now = clock.instant();
        return new PolicyCheck(
                        policy,
                        subjects,
                        read(
                                subjects,
                                evidence -> WeighedEvidence.of(evidence.verify(trusted), policy.requirements(), now)))
                .verdict();
    }

    /** All evidence beside an image and its children, as one verifier sees it, with the statements whole. */
    public List<Finding> findings(ImageRef image, Verifier verifier) throws InterruptedException {
        Map<Digest, List<Finding>> found =
                read(ImageSubjects.read(registry, image), evidence -> evidence.verify(verifier)::beside);
        return found.values().stream().flatMap(List::stream).toList();
    }

    private <R> Map<Digest, List<R>> read(ImageSubjects subjects, EvidenceReader.Judge<R> judge)
            throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            return new EvidenceReader(registry, subjects.repository(), pool).read(subjects.all(), judge);
        }
    }
}

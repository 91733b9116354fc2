package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Points tags back at an earlier release, all or none of them: a {@link Promotion} of images that stood there before, with
 * its journal, locks and mirrors, and its own receipt. What is gone back to is found in receipts and looked at as a whole
 * first, so that nobody gets an image that cannot be pulled any more.
 */
public final class Rollback {
    private final Consumer<String> log;
    private final TagLocks locks;
    private final PastReleases past;
    private final Pulling pulling;
    private final Promotion promotion;
    private final RollbackMemory memory;

    /**
     * @param log gets one line for each tag, copy and receipt
     * @param journal has to be without an unfinished promotion
     * @param locks shared by all who may move the same tags
     * @param receipts where releases are found, and what leaves the receipt of this one
     */
    public Rollback(Registry registry, Consumer<String> log, Journal journal, TagLocks locks, Receipts receipts) {
        this(registry, log, journal, locks, receipts, RollbackMemory.NONE);
    }

    /** @param memory of who asks for it, and may do so again after a restart */
    public Rollback(
            Registry registry,
            Consumer<String> log,
            Journal journal,
            TagLocks locks,
            Receipts receipts,
            RollbackMemory memory) {
        this.log = log;
        this.memory = memory;
        this.locks = locks;
        this.past = new PastReleases(registry, receipts, log);
        this.pulling = new Pulling(registry);
        this.promotion =
                new Promotion(registry, log, journal, locks, Copier.here(registry, log), Optional.of(receipts));
    }

    /** What {@link #rollBack} would do now; reads, and writes nothing. */
    public PromotionPlan plan(RollbackRequest request) throws InterruptedException {
        return promotion.plan(request(request, past.find(request)));
    }

    /**
     * Moves the tags back, or none of them.
     *
     * @throws ReleaseException saying why nothing was rolled back, or exactly which tags could not be put back
     * @throws InterruptedException as {@link Promotion#promote} does
     */
    public PromotedTags rollBack(RollbackRequest request) throws IOException, InterruptedException {
        return rollBack(request, survey -> {});
    }

    /**
     * As {@link #rollBack}, provided that its plan still has this hash.
     *
     * @param agreed the plan of that hash where it was kept, to name what has changed since
     */
    public PromotedTags apply(RollbackRequest request, Digest hash, Optional<PromotionPlan> agreed)
            throws IOException, InterruptedException {
        return rollBack(request, promotion.agreedTo(hash, agreed));
    }

    /** A request, to be planned and carried out. */
    public ReleaseMove of(RollbackRequest request) {
        return new ReleaseMove() {
            @Override
            public PromotionPlan plan() throws InterruptedException {
                return Rollback.this.plan(request);
            }

            @Override
            public PromotedTags carryOut() throws IOException, InterruptedException {
                return rollBack(request);
            }

            @Override
            public PromotedTags apply(Digest hash, Optional<PromotionPlan> agreed)
                    throws IOException, InterruptedException {
                return Rollback.this.apply(request, hash, agreed);
            }
        };
    }

    private PromotedTags rollBack(RollbackRequest request, Promotion.Condition condition)
            throws IOException, InterruptedException {
        try (TagLocks.Held held = locks.take(request.names(), log)) {
            Optional<PastRelease> begun = memory.recall().map(PastRelease::read);
            if (begun.isPresent()) {
                log.accept("This rollback had begun before Jenkins restarted, and goes back to the same images.");
            }
            PastRelease release = begun.isPresent() ? begun.get() : past.find(request);
            return promotion.promote(request(request, release), survey -> {
                refuseUnlessStill(release, survey.candidates());
                if (begun.isEmpty()) {
                    condition.refuseUnless(survey);
                    memory.keep(release.text());
                }
            });
        }
    }

    private PromotionRequest request(RollbackRequest request, PastRelease release) throws InterruptedException {
        PromotionRequest promoted = request.promotion(release.images(), release.returned());
        pulling.refuseUnlessWhole(promoted.images());
        return promoted;
    }

    /** What release is gone back to was decided by where the tags led. */
    private static void refuseUnlessStill(PastRelease release, List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            TagName name = candidate.change().name();
            Digest stood = release.standing().get(name);
            Optional<Digest> now = candidate.change().previous();
            if (stood != null
                    && !now.equals(Optional.of(stood))
                    && !candidate.change().isSet(now)) {
                throw new ReleaseException(
                        name + " was not rolled back: it was moved from " + stood + " to "
                                + now.map(Digest::toString).orElse("nothing") + " just now.",
                        "Look at what stands there now, and roll it back if that is still wanted.");
            }
        }
    }
}

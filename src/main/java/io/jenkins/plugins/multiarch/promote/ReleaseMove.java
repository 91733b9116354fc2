package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.util.Optional;

/** A promotion or a rollback that was asked for: to be looked at, carried out, or carried out as it was looked at. */
public interface ReleaseMove {

    /** What it would do now; reads, and writes nothing. */
    PromotionPlan plan() throws InterruptedException;

    /** Moves all of its tags, or none of them, as {@link Promotion#promote} says. */
    PromotedTags carryOut() throws IOException, InterruptedException;

    /**
     * As {@link #carryOut}, provided that its plan still has this hash.
     *
     * @param agreed the plan of that hash where it was kept, to name what has changed since
     */
    PromotedTags apply(Digest hash, Optional<PromotionPlan> agreed) throws IOException, InterruptedException;

    /** Plans it, and keeps the plan for whoever applies it. */
    default PromotionPlan plan(PromotionFolder folder) throws IOException, InterruptedException {
        PromotionPlan plan = plan();
        folder.keep(plan);
        return plan;
    }

    /**
     * Carries it out.
     *
     * @param agreed the hash of the plan that was agreed to, where one was
     * @param folder where that plan was kept
     */
    default PromotedTags carryOut(Optional<Digest> agreed, PromotionFolder folder)
            throws IOException, InterruptedException {
        return agreed.isPresent() ? apply(agreed.get(), folder.plan(agreed.get())) : carryOut();
    }
}

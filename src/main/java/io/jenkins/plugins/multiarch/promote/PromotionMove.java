package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.util.Optional;

/** A promotion that was asked for. */
record PromotionMove(Promotion promotion, PromotionRequest request) implements ReleaseMove {
    @Override
    public PromotionPlan plan() throws InterruptedException {
        return promotion.plan(request);
    }

    @Override
    public PromotedTags carryOut() throws IOException, InterruptedException {
        return promotion.promote(request);
    }

    @Override
    public PromotedTags apply(Digest hash, Optional<PromotionPlan> agreed) throws IOException, InterruptedException {
        return promotion.apply(request, hash, agreed);
    }
}

package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.Guards;
import io.jenkins.plugins.multiarch.promote.Order;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.TagPattern;

/** What a {@link PromoteTagStep} asks for, as the engine takes it. */
final class PromotionArguments {
    static final String VERSION = "version";
    static final String CREATED = "created";
    static final String COMMIT = "commit";

    private final PromoteTagStep step;

    PromotionArguments(PromoteTagStep step) {
        this.step = step;
    }

    /**
     * Where the tags go, and what guards them.
     *
     * @throws ReleaseException if an argument cannot be understood, or two do not fit
     */
    PromotionRequest request(Evidence evidence, Order.Ancestry history) {
        Guards guards = Guards.NONE
                .yields(step.isYield())
                .platformLoss(step.isAllowPlatformLoss())
                .immutable(step.getImmutable().stream().map(TagPattern::parse).toList())
                .highestOnly(Tag.parseAll(step.getOnlyIfHighest()))
                .prereleases(step.isAllowPrereleases())
                .require(evidence);
        return new PromotionRequest(
                        step.namedImages().stream().map(ImageRef::parse).toList(),
                        step.tags(),
                        step.getTo().stream().map(StepArguments::repository).toList())
                .mirrored(step.mirrors(), step.lag())
                .channelled(ChannelTarget.named(step.channel(), step.payload()))
                .guarded(step.getOrder() == null ? guards : guards.order(order(step.getOrder(), history)));
    }

    private static Order order(String by, Order.Ancestry history) {
        return switch (by) {
            case VERSION -> Order.byVersion();
            case CREATED -> Order.byBuildTime();
            case COMMIT -> Order.byCommit(history);
            default ->
                throw new ReleaseException(
                        "'" + Shown.of(by) + "' is no order of tags.", "Write version, created or commit.");
        };
    }

    boolean isByCommit() {
        return COMMIT.equals(step.getOrder());
    }

    /** Whether anything may have to be copied. */
    boolean isForOtherRepositories() {
        return !step.getTo().isEmpty() || !step.getMirrors().isEmpty();
    }
}

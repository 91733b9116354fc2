package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.Guards;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Order;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.promote.TagPattern;
import java.util.Optional;

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
     * Reads all of them once.
     *
     * @throws ReleaseException if one of them cannot be understood, or two do not fit
     */
    void check() {
        refusePlanAndApply("promoteTag", step.isPlan(), step.getApply());
        agreed();
        evidence().ifPresent(PolicySource::refuseMoreThanOne);
        request(Evidence.NONE, (commit, descendant) -> false);
    }

    static void refusePlanAndApply(String function, boolean plan, @CheckForNull String apply) {
        if (plan && apply != null) {
            throw new ReleaseException(
                    function + " was told both to plan and to apply a plan.",
                    "Leave out plan to move the tags, or apply to look at what would move.");
        }
    }

    /** Where the tags go, and what guards them. */
    PromotionRequest request(Evidence evidence, Order.Ancestry history) {
        Guards guards = Guards.NONE
                .yields(step.isYield())
                .platformLoss(step.isAllowPlatformLoss())
                .immutable(step.getImmutable().stream().map(TagPattern::parse).toList())
                .highestOnly(Tag.parseAll(step.getOnlyIfHighest()))
                .prereleases(step.isAllowPrereleases())
                .require(evidence);
        return new PromotionRequest(
                        step.namedImages("promoteTag").stream()
                                .map(ImageRef::parse)
                                .toList(),
                        Tag.parseAll(step.getTags()),
                        step.getTo().stream().map(StepArguments::repository).toList())
                .mirrored(
                        step.getMirrors().stream().map(Mirror::parse).toList(),
                        step.isReportLag() ? MirrorLag.REPORTED : MirrorLag.FAILS)
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

    Optional<PolicySource> evidence() {
        return Optional.ofNullable(step.getRequire()).map(require -> require.source("promoteTag"));
    }

    /** The hash of the plan that was agreed to. */
    Optional<Digest> agreed() {
        return Optional.ofNullable(step.getApply()).map(Digest::parse);
    }
}

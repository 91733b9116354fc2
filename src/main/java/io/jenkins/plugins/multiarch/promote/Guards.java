package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which moves of tags are let through.
 *
 * @param order by which no tag goes backwards; none where tags may go anywhere
 * @param yields whether an image that is older than what stands there ends as superseded; otherwise it is refused
 * @param platformLoss whether a tag may lose a platform
 * @param immutable tags that never move once they are there
 * @param highestOnly tags that only the highest stable version of a repository gets; others leave them where they are
 * @param prereleases whether prereleases may get those too
 * @param evidence what every image has to have
 */
public record Guards(
        Optional<Order> order,
        boolean yields,
        boolean platformLoss,
        List<TagPattern> immutable,
        Set<Tag> highestOnly,
        boolean prereleases,
        Evidence evidence) {
    /** Lets everything through. */
    public static final Guards NONE =
            new Guards(Optional.empty(), false, true, List.of(), Set.of(), false, Evidence.NONE);

    /** No tag loses a platform, and {@code latest} is for the highest stable version. */
    public static final Guards DEFAULT = NONE.platformLoss(false).highestOnly(Set.of(Tag.LATEST));

    public Guards {
        immutable = List.copyOf(immutable);
        highestOnly = Set.copyOf(highestOnly);
    }

    public Guards order(Order by) {
        return new Guards(Optional.of(by), yields, platformLoss, immutable, highestOnly, prereleases, evidence);
    }

    public Guards yields(boolean toNewer) {
        return new Guards(order, toNewer, platformLoss, immutable, highestOnly, prereleases, evidence);
    }

    public Guards platformLoss(boolean allowed) {
        return new Guards(order, yields, allowed, immutable, highestOnly, prereleases, evidence);
    }

    public Guards immutable(List<TagPattern> patterns) {
        return new Guards(order, yields, platformLoss, patterns, highestOnly, prereleases, evidence);
    }

    public Guards highestOnly(Collection<Tag> tags) {
        return new Guards(order, yields, platformLoss, immutable, Set.copyOf(tags), prereleases, evidence);
    }

    public Guards prereleases(boolean allowed) {
        return new Guards(order, yields, platformLoss, immutable, highestOnly, allowed, evidence);
    }

    public Guards require(Evidence required) {
        return new Guards(order, yields, platformLoss, immutable, highestOnly, prereleases, required);
    }
}

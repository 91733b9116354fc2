package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which tags of which repositories go back to which release.
 *
 * @param mirrors where the tags go back too
 * @param lag what becomes of the rollback where a mirror cannot follow
 * @param guards of which the order and the highest version play no part: to go back is the purpose
 * @param note what its receipt says of it
 * @param channel whose document is written too
 * @param behind mirrors that may lag and are known to stay behind, each with why
 */
public record RollbackRequest(
        List<Repository> repositories,
        List<Tag> tags,
        RollbackTarget to,
        List<Mirror> mirrors,
        MirrorLag lag,
        Guards guards,
        ReleaseNote note,
        Optional<ChannelTarget> channel,
        Map<Mirror, String> behind)
        implements ReleaseRequest {

    public RollbackRequest {
        repositories = repositories.stream().distinct().toList();
        tags = tags.stream().distinct().toList();
        mirrors = List.copyOf(mirrors);
        behind = Map.copyOf(behind);
        if (repositories.isEmpty()) {
            throw new ReleaseException("No repository to roll back was named.", "Name one, as in ghcr.io/acme/app.");
        }
        if (tags.isEmpty()) {
            throw new ReleaseException("No tag to roll back was named.", "Name at least one, as in stable.");
        }
    }

    /** Without mirrors, and with no guard but that no tag loses a platform. */
    public RollbackRequest(List<Repository> repositories, List<Tag> tags, RollbackTarget to) {
        this(
                repositories,
                tags,
                to,
                List.of(),
                MirrorLag.FAILS,
                Guards.NONE.platformLoss(false),
                ReleaseNote.NONE,
                Optional.empty(),
                Map.of());
    }

    public RollbackRequest mirrored(List<Mirror> also, MirrorLag whenLagging) {
        return new RollbackRequest(repositories, tags, to, also, whenLagging, guards, note, channel, behind);
    }

    public RollbackRequest guarded(boolean platformLoss, Evidence evidence) {
        return new RollbackRequest(
                repositories,
                tags,
                to,
                mirrors,
                lag,
                Guards.NONE.platformLoss(platformLoss).require(evidence),
                note,
                channel,
                behind);
    }

    public RollbackRequest noted(ReleaseNote said) {
        return new RollbackRequest(repositories, tags, to, mirrors, lag, guards, said, channel, behind);
    }

    public RollbackRequest channelled(Optional<ChannelTarget> into) {
        return new RollbackRequest(repositories, tags, to, mirrors, lag, guards, note, into, behind);
    }

    @Override
    public RollbackRequest behind(Map<Mirror, String> why) {
        return new RollbackRequest(repositories, tags, to, mirrors, lag, guards, note, channel, why);
    }

    /** The promotion that it comes to. */
    PromotionRequest promotion(Map<Repository, Digest> images, ReturnTo returned) {
        List<ImageRef> all = repositories.stream()
                .map(repository -> ImageRef.of(repository, images.get(repository)))
                .toList();
        return new PromotionRequest(all, tags, List.of())
                .mirrored(mirrors, lag)
                .guarded(guards)
                .noted(note.goingBack(returned))
                .channelled(channel)
                .behind(behind);
    }

    @Override
    public List<TagName> names() {
        return anywhere().names();
    }

    @Override
    public Map<Repository, Mirror> mayLag() {
        return anywhere().mayLag();
    }

    /** A promotion to the same places, of any image. */
    private PromotionRequest anywhere() {
        List<ImageRef> any = repositories.stream()
                .map(repository -> ImageRef.of(repository, tags.get(0)))
                .toList();
        return new PromotionRequest(any, tags, List.of()).mirrored(mirrors, lag).channelled(channel);
    }

    /** Whether what broke off was to go back one release as this is; other releases are the same however often one goes there. */
    boolean isDoneBy(Unfinished broken) {
        return to instanceof RollbackTarget.Previous && broken.isRollbackOf(own());
    }

    /** The tags of the repositories themselves. */
    List<TagName> own() {
        return repositories.stream()
                .flatMap(repository -> tags.stream().map(tag -> new TagName(repository, tag)))
                .toList();
    }
}

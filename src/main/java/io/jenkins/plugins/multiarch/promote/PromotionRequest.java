package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which images shall get which tags.
 *
 * @param images by digest, or by a tag that is resolved once before anything else happens
 * @param targets where the tags are set; none for each image's own repository
 * @param mirrors where they are set too
 * @param lag what becomes of the release where a mirror cannot follow
 * @param note what its receipt says of it
 * @param channel whose document is written too
 * @param behind mirrors that may lag and are known to stay behind, each with why
 */
public record PromotionRequest(
        List<ImageRef> images,
        List<Tag> tags,
        List<Repository> targets,
        List<Mirror> mirrors,
        MirrorLag lag,
        Guards guards,
        ReleaseNote note,
        Optional<ChannelTarget> channel,
        Map<Mirror, String> behind)
        implements ReleaseRequest {

    /** What becomes of a release where a mirror cannot be reached or does not take it. */
    public enum MirrorLag {
        /** No tag moves anywhere. */
        FAILS,
        /** The release goes on without the mirror, whose tags stay together where they are. */
        REPORTED
    }

    public PromotionRequest {
        images = images.stream().distinct().toList();
        tags = tags.stream().distinct().toList();
        targets = targets.stream().distinct().toList();
        mirrors = mirrors.stream().distinct().toList();
        behind = Map.copyOf(behind);
        if (images.isEmpty()) {
            throw new ReleaseException("No image to promote was named.", "Name one, as in ghcr.io/acme/app@sha256:….");
        }
        if (tags.isEmpty()) {
            throw new ReleaseException("No tag to set was named.", "Name at least one, as in 1.4.2.");
        }
    }

    /** Without mirrors, and without a guard. */
    public PromotionRequest(List<ImageRef> images, List<Tag> tags, List<Repository> targets) {
        this(
                images,
                tags,
                targets,
                List.of(),
                MirrorLag.FAILS,
                Guards.NONE,
                ReleaseNote.NONE,
                Optional.empty(),
                Map.of());
    }

    public PromotionRequest guarded(Guards by) {
        return new PromotionRequest(images, tags, targets, mirrors, lag, by, note, channel, behind);
    }

    public PromotionRequest mirrored(List<Mirror> to, MirrorLag whenLagging) {
        return new PromotionRequest(images, tags, targets, to, whenLagging, guards, note, channel, behind);
    }

    public PromotionRequest noted(ReleaseNote said) {
        return new PromotionRequest(images, tags, targets, mirrors, lag, guards, said, channel, behind);
    }

    public PromotionRequest channelled(Optional<ChannelTarget> into) {
        return new PromotionRequest(images, tags, targets, mirrors, lag, guards, note, into, behind);
    }

    @Override
    public PromotionRequest behind(Map<Mirror, String> why) {
        return new PromotionRequest(images, tags, targets, mirrors, lag, guards, note, channel, why);
    }

    @Override
    public Map<Repository, Mirror> mayLag() {
        Map<Repository, Mirror> repositories = new HashMap<>();
        images.forEach(image -> places(image)
                .forEach(place -> place.lagging().ifPresent(mirror -> repositories.put(place.repository(), mirror))));
        return repositories;
    }

    /**
     * A repository that gets the tags of an image.
     *
     * @param lagging the mirror it is of, where that may stay behind
     */
    record Place(Repository repository, Optional<Mirror> lagging) {}

    List<Place> places(ImageRef image) {
        List<Repository> own = targets.isEmpty() ? List.of(image.repository()) : targets;
        List<Place> places = new ArrayList<>();
        own.forEach(repository -> places.add(new Place(repository, Optional.empty())));
        for (Mirror mirror : mirrors) {
            Repository repository = mirror.of(image.repository());
            if (places.stream().noneMatch(place -> place.repository().equals(repository))) {
                places.add(new Place(repository, lag == MirrorLag.FAILS ? Optional.empty() : Optional.of(mirror)));
            }
        }
        return places;
    }

    @Override
    public List<Repository> repositories() {
        return images.stream().map(ImageRef::repository).distinct().toList();
    }

    @Override
    public List<TagName> names() {
        Stream<TagName> own = images.stream()
                .flatMap(image -> places(image).stream())
                .map(Place::repository)
                .distinct()
                .flatMap(repository -> tags.stream().map(tag -> new TagName(repository, tag)));
        return Stream.concat(own, channel.stream().flatMap(one -> one.names().stream()))
                .toList();
    }

    /** Whether a place is one of the release itself and not of a mirror. */
    boolean isOwn(ImageRef image, Repository place) {
        return targets.isEmpty() ? place.equals(image.repository()) : targets.contains(place);
    }
}

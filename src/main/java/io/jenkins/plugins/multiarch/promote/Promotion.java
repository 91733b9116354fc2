package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Points tags at images, in three stages: every image is read and pinned to its digest and every tag looked up; then what
 * other repositories lack is copied there; then the tags are set, each read back. The first stage finds all that can be
 * found wrong without writing, so a release with one bad name moves no tag.
 *
 * <p>Doing it again changes nothing. One object remembers the manifests it has read, so that promoting what
 * {@link #plan} showed reads none of them twice.
 */
public final class Promotion {
    private final Registry registry;
    private final Consumer<String> log;
    private final ImageCopy copy;
    private final Map<ImageRef, Manifest> pinned = new HashMap<>();

    /** @param log gets one line for each tag, and for each copy to another repository */
    public Promotion(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
        this.copy = new ImageCopy(registry, log);
    }

    /** A tag with the image it shall lead to. */
    private record Move(ImageRef image, Manifest manifest, MovedTag tag) {}

    /** What {@link #promote} would do now; reads, and writes nothing. */
    public PromotedTags plan(PromotionRequest request) throws InterruptedException {
        PromotedTags planned = tags(moves(request));
        planned.tags().forEach(tag -> log.accept(tag.planned()));
        return planned;
    }

    public PromotedTags promote(PromotionRequest request) throws InterruptedException {
        List<Move> moves = moves(request);
        copyContent(moves);
        for (Move move : moves) {
            if (move.tag().changed()) {
                refuseIfMoved(move);
                copy.tag(move.tag().repository(), move.tag().tag(), move.manifest());
            }
            log.accept(move.tag().happened());
        }
        return tags(moves);
    }

    /** Copying to another repository takes time, in which somebody else may have moved the tag. */
    private void refuseIfMoved(Move move) throws InterruptedException {
        MovedTag tag = move.tag();
        if (move.image().repository().equals(tag.repository())) {
            return;
        }
        Optional<Digest> now = registry.head(tag.repository(), tag.tag()).map(Descriptor::digest);
        if (!now.equals(tag.previous())) {
            throw new ReleaseException(
                    tag.repository() + ":" + tag.tag() + " was not moved: somebody else set it to "
                            + now.map(Digest::toString).orElse("nothing") + " meanwhile.",
                    "Find out who; then promote again.");
        }
    }

    private List<Move> moves(PromotionRequest request) throws InterruptedException {
        Map<String, Move> moves = new LinkedHashMap<>();
        for (ImageRef image : request.images()) {
            Manifest manifest = pin(image);
            for (Repository target : request.targetsOf(image)) {
                for (Tag tag : request.tags()) {
                    Move earlier = moves.get(target + ":" + tag);
                    refuseTwo(earlier, image, manifest, target, tag);
                    if (earlier == null) {
                        moves.put(target + ":" + tag, move(image, manifest, target, tag));
                    }
                }
            }
        }
        return List.copyOf(moves.values());
    }

    /** By a digest it is read once; a tag may have moved since. */
    private Manifest pin(ImageRef image) throws InterruptedException {
        Manifest known = pinned.get(image);
        if (known != null) {
            return known;
        }
        Manifest manifest = registry.get(image);
        if (image.digest().isPresent()) {
            pinned.put(image, manifest);
        }
        return manifest;
    }

    private Move move(ImageRef image, Manifest manifest, Repository target, Tag tag) throws InterruptedException {
        Optional<Digest> previous = registry.head(target, tag).map(Descriptor::digest);
        return new Move(image.at(manifest.digest()), manifest, MovedTag.of(target, tag, previous, manifest.digest()));
    }

    private static void refuseTwo(Move earlier, ImageRef image, Manifest manifest, Repository target, Tag tag) {
        if (earlier != null && !earlier.tag().digest().equals(manifest.digest())) {
            throw new ReleaseException(
                    target + ":" + tag + " cannot lead to both " + earlier.image() + " and "
                            + image.at(manifest.digest()) + ".",
                    "Promote them one by one with different tags, or to different repositories.");
        }
    }

    private void copyContent(List<Move> moves) throws InterruptedException {
        Set<ImageRef> copied = new LinkedHashSet<>();
        for (Move move : moves) {
            Repository source = move.image().repository();
            Repository target = move.tag().repository();
            if (move.tag().changed()
                    && !source.equals(target)
                    && copied.add(move.tag().reference())) {
                copy.copy(source, move.tag().digest(), target, List.of(), CopyScope.REFERRERS);
            }
        }
    }

    private static PromotedTags tags(List<Move> moves) {
        List<MovedTag> tags = new ArrayList<>();
        moves.forEach(move -> tags.add(move.tag()));
        return new PromotedTags(tags);
    }
}

package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds each tag of a promotion against the guards. */
final class TagChecks {
    private final ImageReading reading;
    private final Guards guards;
    private final boolean comparesVersions;
    private final boolean yielding;
    private final HighestOnly highest;
    private String supersededBy = "";

    TagChecks(Registry registry, ImageReading reading, PromotionRequest request, boolean yielding) {
        this.reading = reading;
        this.guards = request.guards();
        this.comparesVersions = Stream.concat(
                        request.tags().stream(), request.channel().stream().map(ChannelTarget::channel))
                .anyMatch(guards.highestOnly()::contains);
        this.yielding = yielding || guards.yields();
        this.highest = new HighestOnly(registry, reading, request);
    }

    /** What stands there instead of this release, where that is newer; empty else. */
    String supersededBy() {
        return supersededBy;
    }

    /** All that {@link #judged} asks for, so that it can be read several at a time; where it may stay behind with its mirror. */
    Map<ImageRef, Optional<Mirror>> toRead(List<Candidate> candidates) {
        Map<ImageRef, Optional<Mirror>> images = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            if (candidate.moves() && (needsPlatforms(candidate) || needsFacts(candidate))) {
                images.put(candidate.image(), Optional.empty());
                standing(candidate)
                        .ifPresent(there ->
                                images.putIfAbsent(there, candidate.place().lagging()));
            }
        }
        return images;
    }

    void read(ImageRef image) throws InterruptedException {
        if (!guards.platformLoss()) {
            reading.platforms(image.repository(), image.requireDigest());
        }
        if (guards.order().isPresent() || comparesVersions) {
            reading.facts(image.repository(), image.requireDigest());
        }
    }

    private boolean needsPlatforms(Candidate candidate) {
        return !guards.platformLoss() && candidate.change().previous().isPresent();
    }

    private boolean needsFacts(Candidate candidate) {
        return guards.highestOnly().contains(candidate.change().name().tag())
                || (guards.order().isPresent() && candidate.change().previous().isPresent());
    }

    private static Optional<ImageRef> standing(Candidate candidate) {
        return candidate.change().previous().map(digest -> ImageRef.of(candidate.target(), digest));
    }

    /** Whether a tag of this name is let through by what the images say. */
    boolean comparesImages(Tag tag) {
        return !guards.platformLoss()
                || guards.order().isPresent()
                || guards.highestOnly().contains(tag);
    }

    /**
     * The same, or left where it is.
     *
     * @throws ReleaseException saying what is wrong with it
     */
    Candidate judged(Candidate candidate) throws InterruptedException {
        if (!candidate.moves()) {
            return candidate;
        }
        String kept = whyKept(candidate);
        if (!kept.isEmpty()) {
            return candidate.kept(kept);
        }
        refuseImmutable(candidate.change().name(), candidate.change().previous());
        refuseWorse(candidate);
        return candidate;
    }

    /** Why it is left where it is; empty where it may move. */
    String whyKept(Candidate candidate) throws InterruptedException {
        return candidate.moves()
                        && guards.highestOnly()
                                .contains(candidate.change().name().tag())
                ? highest.whyNot(candidate)
                : "";
    }

    /** Refuses an image that lacks a platform of the one that stands there, or is older. */
    void refuseWorse(Candidate candidate) throws InterruptedException {
        if (candidate.moves()) {
            refuseLoss(candidate);
            refuseBackwards(candidate);
        }
    }

    /** Refuses to move a tag that is there and never moves. */
    void refuseImmutable(TagName name, Optional<Digest> previous) {
        Optional<TagPattern> pattern = guards.immutable().stream()
                .filter(one -> one.matches(name.tag()))
                .findFirst();
        if (previous.isPresent() && pattern.isPresent()) {
            throw new ReleaseException(
                    name + " was not moved: it leads to " + previous.get() + " already, and tags like '" + pattern.get()
                            + "' never move.",
                    "Give the release a tag of its own, or leave this one out.");
        }
    }

    private void refuseLoss(Candidate candidate) throws InterruptedException {
        if (!needsPlatforms(candidate)) {
            return;
        }
        Digest previous = candidate.change().previous().orElseThrow();
        List<Platform> lost = lost(reading, candidate);
        if (!lost.isEmpty()) {
            throw new ReleaseException(
                    candidate.change().name() + " was not moved: " + candidate.image() + " lacks " + Platform.list(lost)
                            + ", which " + previous + " has.",
                    "Build the missing platforms, or allow their loss.");
        }
    }

    /** The platforms of what stands there that the new image lacks. */
    static List<Platform> lost(ImageReading reading, Candidate candidate) throws InterruptedException {
        Set<Platform> offered = reading.platforms(
                candidate.image().repository(), candidate.change().digest());
        Optional<Digest> previous = candidate.change().previous();
        Set<Platform> standing =
                previous.isPresent() ? reading.platforms(candidate.target(), previous.get()) : Set.of();
        return standing.stream()
                .filter(platform -> offered.stream().noneMatch(offer -> offer.satisfies(withoutVersion(platform))))
                .toList();
    }

    /** A newer build of Windows is no other platform. */
    static Platform withoutVersion(Platform platform) {
        return new Platform(platform.os(), platform.arch(), platform.variant(), "");
    }

    private void refuseBackwards(Candidate candidate) throws InterruptedException {
        Optional<ImageRef> standing = standing(candidate);
        if (guards.order().isEmpty() || standing.isEmpty()) {
            return;
        }
        Order order = guards.order().get();
        ImageFacts now =
                reading.facts(standing.get().repository(), standing.get().requireDigest());
        ImageFacts next =
                reading.facts(candidate.image().repository(), candidate.change().digest());
        refuseUnlessPlaced(order, next, candidate);
        if (order.place(now).isEmpty()) {
            return;
        }
        switch (order.between(now, next)) {
            case BACKWARDS -> backwards(candidate, order.place(now), order.place(next));
            case ASIDE ->
                throw new ReleaseException(
                        candidate.change().name() + " was not moved: by " + order + " neither " + order.place(now)
                                + ", where it is, nor " + order.place(next) + " is the newer one.",
                        "Promote an image that was made upon what stands there, or leave the order out to move it all"
                                + " the same.");
            default -> {}
        }
    }

    private static void refuseUnlessPlaced(Order order, ImageFacts next, Candidate candidate) {
        if (order.place(next).isEmpty()) {
            throw new ReleaseException(
                    candidate.change().name() + " was not moved: " + candidate.image() + " does not say its " + order
                            + ", so nobody can tell whether it is newer.",
                    "Build it with the annotations org.opencontainers.image.version, created and revision, or leave"
                            + " the order out.");
        }
    }

    private void backwards(Candidate candidate, String now, String next) {
        if (yielding && candidate.place().lagging().isEmpty()) {
            supersededBy = now + " (" + candidate.change().previous().orElseThrow() + ")";
            return;
        }
        throw new ReleaseException(
                candidate.change().name() + " was not moved: it is at " + now + ", and " + candidate.image() + " is "
                        + next + ", which is older.",
                "Promote a newer image, or leave the order out to go back on purpose.");
    }
}

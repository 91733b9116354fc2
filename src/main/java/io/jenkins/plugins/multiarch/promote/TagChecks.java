package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.version.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Holds each tag of a promotion against the guards. */
final class TagChecks {
    private final Registry registry;
    private final ImageReading reading;
    private final PromotionRequest request;
    private final Guards guards;
    private final boolean yielding;
    private final Map<Repository, Optional<Version>> highest = new ConcurrentHashMap<>();
    private String supersededBy = "";

    TagChecks(Registry registry, ImageReading reading, PromotionRequest request, boolean yielding) {
        this.registry = registry;
        this.reading = reading;
        this.request = request;
        this.guards = request.guards();
        this.yielding = yielding || guards.yields();
    }

    /** What stands there instead of this release, where that is newer; empty else. */
    String supersededBy() {
        return supersededBy;
    }

    /** All that {@link #judged} asks for, so that it can be read several at a time. */
    List<ImageRef> toRead(List<Candidate> candidates) {
        Set<ImageRef> images = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            if (candidate.moves() && (needsPlatforms(candidate) || needsFacts(candidate))) {
                images.add(candidate.image());
                standing(candidate).ifPresent(images::add);
            }
        }
        return new ArrayList<>(images);
    }

    void read(ImageRef image) throws InterruptedException {
        if (!guards.platformLoss()) {
            reading.platforms(image.repository(), image.requireDigest());
        }
        if (guards.order().isPresent() || request.tags().stream().anyMatch(guards.highestOnly()::contains)) {
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

    /** The same, or left where it is; what is wrong with it is added to the problems. */
    Candidate judged(Candidate candidate, Problems problems) throws InterruptedException {
        if (!candidate.moves()) {
            return candidate;
        }
        if (guards.highestOnly().contains(candidate.change().name().tag())) {
            String lower = whyNotHighest(candidate);
            if (!lower.isEmpty()) {
                return candidate.kept(lower);
            }
        }
        try {
            refuseImmutable(candidate);
            refuseLoss(candidate);
            refuseBackwards(candidate);
        } catch (ReleaseException e) {
            problems.add(e);
        }
        return candidate;
    }

    private void refuseImmutable(Candidate candidate) {
        TagChange change = candidate.change();
        Optional<TagPattern> pattern = guards.immutable().stream()
                .filter(one -> one.matches(change.name().tag()))
                .findFirst();
        if (change.previous().isPresent() && pattern.isPresent()) {
            throw new ReleaseException(
                    change.name() + " was not moved: it leads to "
                            + change.previous().get() + " already, and tags like '" + pattern.get() + "' never move.",
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
        if (yielding) {
            supersededBy = now + " (" + candidate.change().previous().orElseThrow() + ")";
            return;
        }
        throw new ReleaseException(
                candidate.change().name() + " was not moved: it is at " + now + ", and " + candidate.image() + " is "
                        + next + ", which is older.",
                "Promote a newer image, or leave the order out to go back on purpose.");
    }

    /** An image that says no version is not compared with any. */
    private String whyNotHighest(Candidate candidate) throws InterruptedException {
        Optional<Version> version = version(candidate);
        if (version.isEmpty()) {
            return "";
        }
        if (version.get().isPrerelease() && !guards.prereleases()) {
            return version.get() + " is a prerelease";
        }
        Optional<Version> top = top(candidate);
        return top.filter(higher -> higher.compareTo(version.get()) > 0)
                .map(higher -> version.get() + " is lower than " + higher)
                .orElse("");
    }

    private Optional<Version> version(Candidate candidate) throws InterruptedException {
        ImageFacts said =
                reading.facts(candidate.image().repository(), candidate.change().digest());
        Optional<Version> version = Version.readPadded(said.version());
        return version.isPresent() ? version : versions(request.tags().stream()).max(Version::compareTo);
    }

    /** The highest stable version that a tag of the repository names, or that stands behind the tag itself. */
    private Optional<Version> top(Candidate candidate) throws InterruptedException {
        Repository target = candidate.target();
        Optional<Version> named = highest.get(target);
        if (named == null) {
            named = versions(registry.tags(target).stream())
                    .filter(version -> !version.isPrerelease())
                    .max(Version::compareTo);
            highest.put(target, named);
        }
        Optional<ImageRef> standing = standing(candidate);
        Optional<Version> here = standing.isEmpty()
                ? Optional.empty()
                : Version.readPadded(
                        reading.facts(target, standing.get().requireDigest()).version());
        return Stream.concat(named.stream(), here.stream()).max(Version::compareTo);
    }

    private static Stream<Version> versions(Stream<Tag> tags) {
        return tags.flatMap(tag -> Version.readPadded(tag.name()).stream());
    }
}

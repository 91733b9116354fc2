package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads all that a promotion goes by, several things at a time, and refuses it with everything that stands against it. */
final class Preflight {
    private final Registry registry;
    private final KnownManifests manifests;
    private final ImageReading reading;

    Preflight(Registry registry, KnownManifests manifests, ImageReading reading) {
        this.registry = registry;
        this.manifests = manifests;
        this.reading = reading;
    }

    /** @param yielding whether a newer release that stands there is a lost race and no mistake */
    Survey survey(PromotionRequest request, boolean yielding) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            Map<ImageRef, Manifest> images = new ConcurrentHashMap<>();
            Map<TagName, Optional<Digest>> standing = new ConcurrentHashMap<>();
            Lagging lagging = new Lagging(request.behind());
            Problems problems = new Problems();
            problems.collect(pool, request.images(), image -> images.put(image, manifests.pin(image)));
            problems.refuse();
            Map<TagName, PromotionRequest.Place> places = places(request);
            problems.collect(
                    pool,
                    List.copyOf(places.keySet()),
                    name -> lagging.unlessBehind(
                            places.get(name).lagging(), () -> standing.put(name, name.leadsTo(registry))));
            problems.refuse();
            List<Candidate> found = candidates(request, images, standing);
            TagChecks checks = new TagChecks(registry, reading, request, yielding);
            Map<ImageRef, Optional<Mirror>> toRead = checks.toRead(found);
            problems.collect(
                    pool,
                    List.copyOf(toRead.keySet()),
                    image -> lagging.unlessBehind(toRead.get(image), () -> checks.read(image)));
            problems.refuse();
            List<Candidate> judged = judged(found, checks, lagging, problems);
            Optional<ChannelMove> channel = Optional.empty();
            if (request.channel().isPresent()) {
                channel = Optional.of(new ChannelChecks(
                                registry, manifests, checks, new VersionReading(reading, unread -> {}), request)
                        .judged(request.channel().get(), judged, pool, problems));
            }
            if (judged.stream().anyMatch(Candidate::moves)
                    || channel.flatMap(ChannelMove::next).isPresent()) {
                requireEvidence(request, judged, problems);
            }
            problems.refuse();
            return new Survey(judged, checks.supersededBy(), lagging.behind(), channel);
        }
    }

    /** Those that may move or stay, without those of mirrors that stay behind. */
    private static List<Candidate> judged(List<Candidate> found, TagChecks checks, Lagging lagging, Problems problems)
            throws InterruptedException {
        List<Candidate> judged = new ArrayList<>();
        for (Candidate candidate : found) {
            if (lagging.has(candidate)) {
                continue;
            }
            try {
                lagging.unlessBehind(candidate.place().lagging(), () -> judged.add(checks.judged(candidate)));
            } catch (ReleaseException e) {
                problems.add(e);
                judged.add(candidate);
            }
        }
        judged.removeIf(lagging::has);
        return judged;
    }

    private static Map<TagName, PromotionRequest.Place> places(PromotionRequest request) {
        Map<TagName, PromotionRequest.Place> places = new LinkedHashMap<>();
        for (ImageRef image : request.images()) {
            for (PromotionRequest.Place place : request.places(image)) {
                for (Tag tag : request.tags()) {
                    places.putIfAbsent(new TagName(place.repository(), tag), place);
                }
            }
        }
        return places;
    }

    private List<Candidate> candidates(
            PromotionRequest request, Map<ImageRef, Manifest> images, Map<TagName, Optional<Digest>> standing) {
        Map<TagName, Candidate> candidates = new LinkedHashMap<>();
        for (ImageRef image : request.images()) {
            Manifest manifest = images.get(image);
            for (PromotionRequest.Place place : request.places(image)) {
                for (Tag tag : request.tags()) {
                    TagName name = new TagName(place.repository(), tag);
                    Optional<Digest> previous = standing.get(name);
                    Candidate earlier = candidates.get(name);
                    refuseTwo(earlier, image, manifest, name);
                    if (earlier == null && previous != null) {
                        TagChange change = new TagChange(name, previous, manifest.digest());
                        candidates.put(name, new Candidate(image.at(manifest.digest()), manifest, place, change, ""));
                    }
                }
            }
        }
        return List.copyOf(candidates.values());
    }

    private static void refuseTwo(Candidate earlier, ImageRef image, Manifest manifest, TagName name) {
        if (earlier != null && !earlier.change().digest().equals(manifest.digest())) {
            throw new ReleaseException(
                    name.repository() + ":" + name.tag() + " cannot lead to both " + earlier.image() + " and "
                            + image.at(manifest.digest()) + ".",
                    "Promote them one by one with different tags, or to different repositories.");
        }
    }

    /** Of images whose tags stand right already too: receipts and the document of a channel name them like the others. */
    private static void requireEvidence(PromotionRequest request, List<Candidate> candidates, Problems problems)
            throws InterruptedException {
        List<ImageRef> released = candidates.stream()
                .filter(one -> one.kept().isEmpty())
                .map(Candidate::image)
                .distinct()
                .toList();
        for (ImageRef image : released) {
            try {
                request.guards().evidence().refuseUnlessPresent(image);
            } catch (ReleaseException e) {
                problems.add(e);
            }
        }
    }
}

package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.HashMap;
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

    /** A few calls of a registry for one thing; what is wrong with it stands against the promotion. */
    @FunctionalInterface
    private interface Look<T> {
        void at(T thing) throws InterruptedException;
    }

    /** @param yielding whether a newer release that stands there is a lost race and no mistake */
    Survey survey(PromotionRequest request, boolean yielding) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            Map<ImageRef, Manifest> images = new ConcurrentHashMap<>();
            Map<TagName, Optional<Digest>> standing = new ConcurrentHashMap<>();
            Map<Mirror, String> lagging = new ConcurrentHashMap<>();
            Problems problems = new Problems();
            all(pool, request.images(), problems, image -> images.put(image, manifests.pin(image)));
            problems.refuse();
            List<Candidate> found = new ArrayList<>();
            Map<TagName, PromotionRequest.Place> places = places(request);
            all(
                    pool,
                    List.copyOf(places.keySet()),
                    problems,
                    name -> reachable(places.get(name), lagging, () -> standing.put(name, head(name))));
            problems.refuse();
            found.addAll(candidates(request, images, standing));
            TagChecks checks = new TagChecks(registry, reading, request, yielding);
            Map<Repository, PromotionRequest.Place> mirrors = mirrorsThatMayLag(found);
            all(pool, checks.toRead(found), problems, image -> {
                PromotionRequest.Place mirror = mirrors.get(image.repository());
                if (mirror == null) {
                    checks.read(image);
                } else {
                    reachable(mirror, lagging, () -> checks.read(image));
                }
            });
            problems.refuse();
            List<Candidate> judged = new ArrayList<>();
            for (Candidate candidate : found) {
                if (!lags(candidate, lagging)) {
                    reachable(candidate.place(), lagging, () -> judged.add(checks.judged(candidate, problems)));
                }
            }
            judged.removeIf(candidate -> lags(candidate, lagging));
            requireEvidence(request, judged, problems);
            problems.refuse();
            return new Survey(judged, checks.supersededBy(), lagging, Optional.empty());
        }
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

    private static Map<Repository, PromotionRequest.Place> mirrorsThatMayLag(List<Candidate> candidates) {
        Map<Repository, PromotionRequest.Place> mirrors = new HashMap<>();
        for (Candidate candidate : candidates) {
            if (candidate.place().lagging().isPresent()) {
                mirrors.put(candidate.target(), candidate.place());
            }
        }
        return mirrors;
    }

    private static boolean lags(Candidate candidate, Map<Mirror, String> lagging) {
        return candidate.place().lagging().filter(lagging::containsKey).isPresent();
    }

    private Optional<Digest> head(TagName name) throws InterruptedException {
        return registry.head(name.repository(), name.tag()).map(Descriptor::digest);
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws InterruptedException;
    }

    private static void reachable(PromotionRequest.Place place, Map<Mirror, String> lagging, Reading reading)
            throws InterruptedException {
        try {
            reading.run();
        } catch (ReleaseException e) {
            lagging.put(place.lagging().orElseThrow(() -> e), e.fact());
        }
    }

    private static <T> void all(WorkPool pool, List<T> things, Problems problems, Look<? super T> look)
            throws InterruptedException {
        List<WorkPool.Work<Optional<ReleaseException>>> work = new ArrayList<>();
        for (T thing : things) {
            work.add(() -> {
                try {
                    look.at(thing);
                    return Optional.empty();
                } catch (ReleaseException e) {
                    return Optional.of(e);
                }
            });
        }
        pool.all(work).forEach(found -> found.ifPresent(problems::add));
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

    private static void requireEvidence(PromotionRequest request, List<Candidate> candidates, Problems problems)
            throws InterruptedException {
        List<ImageRef> moving = candidates.stream()
                .filter(Candidate::moves)
                .map(Candidate::image)
                .distinct()
                .toList();
        for (ImageRef image : moving) {
            try {
                request.guards().evidence().refuseUnlessPresent(image);
            } catch (ReleaseException e) {
                problems.add(e);
            }
        }
    }
}

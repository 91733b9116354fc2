package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the document of a channel against the guards, as {@link TagChecks} does tags. */
final class ChannelChecks {
    private final Registry registry;
    private final KnownManifests manifests;
    private final TagChecks checks;
    private final VersionReading versions;
    private final PromotionRequest request;

    ChannelChecks(
            Registry registry,
            KnownManifests manifests,
            TagChecks checks,
            VersionReading versions,
            PromotionRequest request) {
        this.registry = registry;
        this.manifests = manifests;
        this.checks = checks;
        this.versions = versions;
        this.request = request;
    }

    /**
     * What becomes of the channel; what is wrong with that is added to the problems.
     *
     * @param candidates all tags of the release, those that stay where they are too
     */
    ChannelMove judged(ChannelTarget channel, List<Candidate> candidates, WorkPool pool, Problems problems)
            throws InterruptedException {
        Optional<Channels.Stored> standing = new Channels(registry).standing(channel);
        List<Candidate> own = candidates.stream()
                .filter(one -> request.isOwn(one.image(), one.target()))
                .toList();
        List<Tag> leading = leadingToAll(own);
        if (leading.isEmpty()) {
            return new ChannelMove(channel, Optional.empty(), standing, "no tag leads to every image of this release");
        }
        ChannelDocument next = document(channel, leading, own);
        if (standing.filter(there -> there.document().saysTheSameAs(next)).isPresent()) {
            return new ChannelMove(channel, Optional.empty(), standing, "");
        }
        List<Candidate> compared =
                checks.comparesImages(channel.channel()) ? compared(channel, own, standing, pool, problems) : List.of();
        String kept = kept(next, standing, compared);
        if (!kept.isEmpty()) {
            return new ChannelMove(channel, Optional.empty(), standing, kept);
        }
        try {
            checks.refuseImmutable(channel.name(), standing.map(Channels.Stored::digest));
            for (Candidate one : compared) {
                checks.refuseWorse(one);
            }
        } catch (ReleaseException e) {
            problems.add(e);
        }
        return new ChannelMove(channel, Optional.of(next), standing, "");
    }

    /** The tags that lead to the release in each of its own repositories. */
    private List<Tag> leadingToAll(List<Candidate> own) {
        return request.tags().stream()
                .filter(tag -> own.stream()
                        .filter(one -> one.change().name().tag().equals(tag))
                        .allMatch(one -> one.kept().isEmpty()))
                .toList();
    }

    private ChannelDocument document(ChannelTarget channel, List<Tag> tags, List<Candidate> own)
            throws InterruptedException {
        List<ImageRef> images = new ArrayList<>();
        String version = request.note().version();
        for (Candidate one : own) {
            ImageRef there = one.change().image();
            if (!images.contains(there)) {
                images.add(there);
                version = version.isEmpty() ? versions.of(request, one) : version;
            }
        }
        return ChannelDocument.draft(channel.channel().name(), version, tags, images, payload(channel, images));
    }

    /** What was named, or on the way back what the channel had with these images. */
    private Optional<ImageRef> payload(ChannelTarget channel, List<ImageRef> images) throws InterruptedException {
        if (channel.payload().isPresent()) {
            ImageRef artifact = channel.payload().get();
            return Optional.of(
                    ImageRef.of(artifact.repository(), manifests.pin(artifact).digest()));
        }
        return request.note().rollback().isPresent()
                ? new Channels(registry).payloadWith(images, channel)
                : Optional.empty();
    }

    /** Each image as if the channel were a tag of it, beside the image of the same repository that it stands for now. */
    private List<Candidate> compared(
            ChannelTarget channel,
            List<Candidate> own,
            Optional<Channels.Stored> standing,
            WorkPool pool,
            Problems problems)
            throws InterruptedException {
        Map<Repository, Digest> stood = new ConcurrentHashMap<>();
        List<ImageRef> images = standing.map(there -> there.document().images()).orElse(List.of());
        problems.collect(pool, images, image -> {
            if (registry.head(image.repository(), image.requireDigest()).isPresent()) {
                stood.put(image.repository(), image.requireDigest());
            }
        });
        List<Candidate> compared = own.stream()
                .map(one -> one.as(new TagChange(
                        channel.name(),
                        Optional.ofNullable(stood.get(one.target())),
                        one.change().digest())))
                .distinct()
                .toList();
        problems.collect(pool, List.copyOf(checks.toRead(compared).keySet()), checks::read);
        problems.refuse();
        return compared;
    }

    /** Why the channel stays where it is; empty where it may move. */
    private String kept(ChannelDocument next, Optional<Channels.Stored> standing, List<Candidate> compared)
            throws InterruptedException {
        for (Candidate one : compared) {
            String why = checks.whyKept(one);
            if (!why.isEmpty()) {
                return why;
            }
        }
        return standing.map(Channels.Stored::document)
                .map(there -> lower(next, there))
                .orElse("");
    }

    /** A release does not take the place of a higher one; only a rollback goes back. */
    private String lower(ChannelDocument next, ChannelDocument standing) {
        Optional<ReleaseVersion> ours = ReleaseVersion.read(next.version());
        Optional<ReleaseVersion> theirs = ReleaseVersion.read(standing.version());
        return !request.guards().highestOnly().isEmpty()
                        && ours.isPresent()
                        && !ours.get().isPrerelease()
                        && theirs.filter(higher -> HighestOnly.isHigher(higher, ours.get()))
                                .isPresent()
                ? ours.get().text() + " is lower than " + theirs.get().text()
                : "";
    }
}

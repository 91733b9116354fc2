package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.version.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Moves the tags of a release, or of one mirror of it, as one transaction with its receipt. */
final class Moves {
    private final Registry registry;
    private final KnownManifests manifests;
    private final ImageReading reading;
    private final Journal journal;
    private final Optional<Receipts> receipts;
    private final Consumer<String> log;

    /** @param receipts what leaves a receipt of each transaction; nothing where none is wanted */
    Moves(
            Registry registry,
            KnownManifests manifests,
            ImageReading reading,
            Journal journal,
            Optional<Receipts> receipts,
            Consumer<String> log) {
        this.registry = registry;
        this.manifests = manifests;
        this.reading = reading;
        this.journal = journal;
        this.receipts = receipts;
        this.log = log;
    }

    /**
     * What became of them.
     *
     * @param lost the race that was lost to somebody else, so that nothing moved
     * @param release what the receipt calls it, where there is one
     * @param unrecorded receipts that could not be left, each as a sentence
     * @param channel the tags of the document of a channel
     */
    record Moved(Optional<LostRace> lost, Optional<Digest> release, List<String> unrecorded, List<MovedTag> channel) {}

    /**
     * Moves them.
     *
     * @param release those that move, and those that stand right already, which the receipt names too
     * @param channel what its document is to say, where one is to be written
     */
    Moved move(PromotionRequest request, List<Candidate> release, Optional<PlannedChannel> channel)
            throws IOException, InterruptedException {
        List<TagChange> documents = channel.isEmpty()
                ? List.of()
                : new Channels(registry)
                        .prepare(request.channel().orElseThrow(), channel.get().document(), manifests);
        return move(request, release, documents);
    }

    /** Moves the tags of a mirror, of which no channel tells. */
    Moved follow(PromotionRequest request, List<Candidate> mirrored) throws IOException, InterruptedException {
        return move(request, mirrored, List.of());
    }

    private Moved move(PromotionRequest request, List<Candidate> release, List<TagChange> channel)
            throws IOException, InterruptedException {
        List<Candidate> moving = release.stream().filter(Candidate::moves).toList();
        List<TagChange> changes = Stream.concat(moving.stream().map(Candidate::change), channel.stream())
                .toList();
        List<MovedTag> documents = channel.stream().map(MovedTag::of).toList();
        if (changes.isEmpty()) {
            return new Moved(Optional.empty(), Optional.empty(), List.of(), documents);
        }
        Optional<Receipt> receipt = receipts.isPresent() && !moving.isEmpty()
                ? Optional.of(receipt(request, release, receipts.get()))
                : Optional.empty();
        Precedence precedence = new OrderedPrecedence(request.guards().order(), reading, moving);
        Leaving leaving = new Leaving(receipts, manifests, log);
        TagTransaction transaction = new TagTransaction(registry, manifests, journal, precedence, leaving, log);
        Optional<LostRace> lost = transaction.run(changes, receipt);
        return new Moved(lost, receipt.map(Receipt::release), leaving.unrecorded(), documents);
    }

    /** What the document of a channel is to say of a release; nothing where none of its images gets a tag. */
    Optional<PlannedChannel> plan(PromotionRequest request, List<Candidate> release, ChannelTarget channel)
            throws InterruptedException {
        List<ImageRef> images = new ArrayList<>();
        String version = request.note().version();
        for (Candidate one : release) {
            ImageRef there = one.change().image();
            if (request.isOwn(one.image(), one.target()) && !images.contains(there)) {
                images.add(there);
                version = version.isEmpty() ? version(request, one) : version;
            }
        }
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Channels channels = new Channels(registry);
        ChannelDocument draft = ChannelDocument.draft(
                channel.channel().name(), version, request.tags(), images, payload(request, channels, channel, images));
        return Optional.of(channels.plan(channel, draft));
    }

    /** What was named, or on the way back what the channel had with these images. */
    private Optional<ImageRef> payload(
            PromotionRequest request, Channels channels, ChannelTarget channel, List<ImageRef> images)
            throws InterruptedException {
        if (channel.payload().isPresent()) {
            ImageRef artifact = channel.payload().get();
            return Optional.of(
                    ImageRef.of(artifact.repository(), manifests.pin(artifact).digest()));
        }
        return request.note().rollback().isPresent() ? channels.payloadWith(images, channel) : Optional.empty();
    }

    private Receipt receipt(PromotionRequest request, List<Candidate> release, Receipts receipts)
            throws InterruptedException {
        Map<ImageRef, String> images = new LinkedHashMap<>();
        for (Candidate one : release) {
            ImageRef there = one.change().image();
            if (!images.containsKey(there)) {
                images.put(there, version(request, one));
            }
        }
        List<TagChange> tags = release.stream().map(Candidate::change).toList();
        return new Receipt(receipts.now(), request.note(), tags, images);
    }

    /** What was said, else what the image says, else the highest version among the tags. */
    private String version(PromotionRequest request, Candidate one) throws InterruptedException {
        if (!request.note().version().isEmpty()) {
            return request.note().version();
        }
        try {
            String said = reading.facts(one.image().repository(), one.change().digest())
                    .version();
            if (!said.isEmpty()) {
                return said;
            }
        } catch (ReleaseException e) {
            log.accept("The version of " + one.image() + " could not be read: " + e.fact());
        }
        return request.tags().stream()
                .map(Tag::name)
                .flatMap(name -> Version.readPadded(name).stream())
                .max(Version::compareTo)
                .map(Version::toString)
                .orElse("");
    }

    PromotedTags finish(Unfinished unfinished) throws IOException, InterruptedException {
        return new Recovery(registry, manifests, journal, new Leaving(receipts, manifests, log), log).of(unfinished);
    }
}

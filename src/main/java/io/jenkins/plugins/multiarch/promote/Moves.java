package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
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
    private final VersionReading versions;

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
        this.versions = new VersionReading(reading, log);
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

    /** Moves those of the release itself, and those of its channel behind them. */
    Moved move(PromotionRequest request, Survey survey) throws IOException, InterruptedException {
        if (survey.channel().isEmpty()) {
            return move(request, survey.settled(), List.of());
        }
        ChannelMove channel = survey.channel().get();
        Moved moved = move(request, survey.settled(), new Channels(registry).prepare(channel, manifests));
        if (moved.lost().isPresent()) {
            return moved;
        }
        channel.happened().ifPresent(log::accept);
        List<MovedTag> documents = new ArrayList<>(moved.channel());
        channel.stays().ifPresent(documents::add);
        return new Moved(moved.lost(), moved.release(), moved.unrecorded(), documents);
    }

    /** Moves the tags of a mirror, of which no channel tells. */
    Moved follow(PromotionRequest request, List<Candidate> mirrored) throws IOException, InterruptedException {
        return move(request, mirrored, List.of());
    }

    /** @param release those that move, and those that stand right already, which the receipt names too */
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
        Precedence precedence = Precedence.ofTheLast(
                Channels.newest(changes), new OrderedPrecedence(request.guards().order(), reading, moving));
        Leaving leaving = new Leaving(receipts, manifests, log);
        TagTransaction transaction = new TagTransaction(registry, manifests, journal, precedence, leaving, log);
        Optional<LostRace> lost = transaction.run(changes, receipt);
        return new Moved(lost, receipt.map(Receipt::release), leaving.unrecorded(), documents);
    }

    private Receipt receipt(PromotionRequest request, List<Candidate> release, Receipts receipts)
            throws InterruptedException {
        Map<ImageRef, String> images = new LinkedHashMap<>();
        for (Candidate one : release) {
            ImageRef there = one.change().image();
            if (!images.containsKey(there)) {
                images.put(there, versions.of(request, one));
            }
        }
        List<TagChange> tags = release.stream().map(Candidate::change).toList();
        return new Receipt(receipts.now(), request.note(), tags, images);
    }

    PromotedTags finish(Unfinished unfinished) throws IOException, InterruptedException {
        return new Recovery(registry, manifests, journal, new Leaving(receipts, manifests, log), log).of(unfinished);
    }
}

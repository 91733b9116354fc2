package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the documents of channels, which are OCI artifacts behind moving tags. */
public final class Channels {
    /** The largest document that is read, in bytes. */
    private static final int MAX_SIZE = 1 << 20;

    private final Registry registry;
    private final Clock clock;

    public Channels(Registry registry) {
        this.registry = registry;
        this.clock = Clock.systemUTC();
    }

    /** A document and the digest of its manifest. */
    public record Stored(Digest digest, ChannelDocument document) {}

    /** What a channel stands for now. */
    public ChannelDocument read(ChannelTarget channel) throws InterruptedException {
        return stored(channel).document();
    }

    private Stored stored(ChannelTarget channel) throws InterruptedException {
        return standing(channel)
                .orElseThrow(() -> new ReleaseException(
                        "There is no channel " + channel + ", or you may not see it.",
                        "Check its name; promote makes it with --channel."));
    }

    /** What a channel stands for, and behind it what it stood for, newest first; documents that are gone are left out. */
    public List<Stored> readAll(ChannelTarget channel) throws InterruptedException {
        Stored standing = stored(channel);
        List<Stored> all = new ArrayList<>(List.of(standing));
        for (ChannelDocument.Earlier earlier : standing.document().history()) {
            find(channel.repository(), earlier.digest()).ifPresent(all::add);
        }
        return all;
    }

    /** Refuses to write where the tags of a channel lead to something else than documents. */
    void refuseUnlessFree(ChannelTarget channel) throws InterruptedException {
        for (TagName name : channel.names()) {
            find(name.repository(), name.tag());
        }
    }

    private Optional<Stored> find(Repository repository, Reference reference) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(repository, reference);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        if (!(manifest.get() instanceof ImageManifest artifact)
                || !artifact.artifactType().equals(ChannelDocument.MEDIA_TYPE)
                || artifact.layers().size() != 1
                || artifact.layers().get(0).size() > MAX_SIZE) {
            throw new ReleaseException(
                    repository + (reference instanceof Tag ? ":" : "@") + reference
                            + " leads to no document of a channel.",
                    "Give the documents a repository of their own, as in ghcr.io/acme/metadata:prod.");
        }
        byte[] content = registry.bytes(repository, artifact.layers().get(0), MAX_SIZE);
        return Optional.of(new Stored(artifact.digest(), ChannelDocument.parse(content)));
    }

    /**
     * The tag among these that leads to the newest document of whichever channel, so that releases of other channels move it
     * at any time; none where it is the channel itself.
     */
    static Optional<TagName> newest(List<TagChange> changes) {
        List<TagName> documents =
                changes.stream().filter(TagChange::last).map(TagChange::name).toList();
        return documents.size() < 2
                ? Optional.empty()
                : documents.stream().filter(ChannelTarget::isNewest).findFirst();
    }

    /** What a channel stands for now, where it is there. */
    Optional<Stored> standing(ChannelTarget channel) throws InterruptedException {
        return find(channel.repository(), channel.channel());
    }

    /** The payload that a channel had with these images, as far back as its history goes. */
    Optional<ImageRef> payloadWith(List<ImageRef> images, ChannelTarget channel) throws InterruptedException {
        Optional<Stored> now = standing(channel);
        List<ChannelDocument.Earlier> history =
                now.map(stored -> stored.document().history()).orElse(List.of());
        Optional<ChannelDocument> one = now.map(Stored::document);
        for (int i = 0; one.filter(document -> document.images().equals(images)).isEmpty() && i < history.size(); i++) {
            one = find(channel.repository(), history.get(i).digest()).map(Stored::document);
        }
        return one.filter(document -> document.images().equals(images)).flatMap(ChannelDocument::payload);
    }

    /**
     * Puts a new document there by its digest, behind no tag yet.
     *
     * @return the tags that are to lead to it; none where the channel stays as it is
     */
    List<TagChange> prepare(ChannelMove move, KnownManifests manifests) throws InterruptedException {
        if (move.next().isEmpty()) {
            return List.of();
        }
        ChannelTarget channel = move.channel();
        ChannelDocument next = move.next().get().writtenAt(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Manifest manifest = put(
                channel.repository(),
                move.standing()
                        .map(stored -> next.after(stored.digest(), stored.document()))
                        .orElse(next));
        manifests.note(channel.repository(), manifest);
        List<TagChange> changes = new ArrayList<>();
        for (TagName name : channel.names()) {
            Optional<Digest> standing = name.equals(channel.name())
                    ? move.standing().map(Stored::digest)
                    : registry.head(name.repository(), name.tag()).map(Descriptor::digest);
            changes.add(new TagChange(name, standing, manifest.digest(), true));
        }
        return changes;
    }

    private Manifest put(Repository repository, ChannelDocument document) throws InterruptedException {
        Blob content = Blob.of(
                ChannelDocument.MEDIA_TYPE, Json.pretty(document.toJson()).getBytes(StandardCharsets.UTF_8));
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.push(repository, content);
        ImageManifest manifest = ImageManifest.artifact(
                ChannelDocument.MEDIA_TYPE,
                List.of(content.descriptor()
                        .withAnnotations(Map.of("org.opencontainers.image.title", "channels.json"))),
                Optional.empty(),
                Map.of(
                        "org.opencontainers.image.created",
                        document.generatedAt().toString()));
        registry.put(repository, manifest.digest(), manifest);
        return manifest;
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a channel such as {@code prod} stands for: the exact images of a release, and what it stood for before.
 *
 * @param version of the release, or empty
 * @param immutableTag the tag that names the release itself, or empty
 * @param movingTags the other tags that lead to it
 * @param images by their digests
 * @param payload an artifact beside the images, by its digest, where there is one
 * @param generatedAt when it was written; of a draft, the beginning of time
 * @param history the documents before this one, newest first, at most 20
 */
public record ChannelDocument(
        String channel,
        String version,
        String immutableTag,
        List<String> movingTags,
        List<ImageRef> images,
        Optional<ImageRef> payload,
        Instant generatedAt,
        List<Earlier> history) {
    /** The type of the artifact and of its only layer. */
    public static final String MEDIA_TYPE = "application/vnd.jenkins.multiarch.channel.v1+json";

    private static final int MAX_HISTORY = 20;

    /** A document that was there before, by the digest of its manifest. */
    public record Earlier(Digest digest, String version, Instant generatedAt) {}

    public ChannelDocument {
        movingTags = List.copyOf(movingTags);
        images = List.copyOf(images);
        history = history.stream().limit(MAX_HISTORY).toList();
    }

    /** What one is to say of a release. */
    static ChannelDocument draft(
            String channel, String version, List<Tag> tags, List<ImageRef> images, Optional<ImageRef> payload) {
        return new ChannelDocument(
                channel,
                version,
                tags.stream()
                        .filter(MoveOrder::isRelease)
                        .findFirst()
                        .map(Tag::name)
                        .orElse(""),
                tags.stream()
                        .filter(tag -> !MoveOrder.isRelease(tag))
                        .map(Tag::name)
                        .toList(),
                images,
                payload,
                Instant.EPOCH,
                List.of());
    }

    /** This one, written at a time. */
    ChannelDocument writtenAt(Instant time) {
        return new ChannelDocument(channel, version, immutableTag, movingTags, images, payload, time, history);
    }

    /** This one, behind another. */
    ChannelDocument after(Digest digest, ChannelDocument before) {
        List<Earlier> earlier = new ArrayList<>();
        earlier.add(new Earlier(digest, before.version(), before.generatedAt()));
        earlier.addAll(before.history());
        return new ChannelDocument(channel, version, immutableTag, movingTags, images, payload, generatedAt, earlier);
    }

    /** Whether it says the same of the release, whenever that was. */
    boolean saysTheSameAs(ChannelDocument other) {
        return saying().equals(other.saying());
    }

    /**
     * <code>{"channel", "version", "immutable_tag", "moving_tags": [], "images": [{"image", "repository", "digest"}],
     * "payload": {"ref", "digest"}, "generated_at", "history": [{"digest", "version", "generated_at"}]}</code>; {@code image} is
     * the last part of the repository's name, and {@code payload} is left out where there is none.
     */
    public ObjectNode toJson() {
        ObjectNode json = saying();
        json.put("generated_at", generatedAt.toString());
        ArrayNode before = json.putArray("history");
        history.forEach(one -> before.addObject()
                .put("digest", one.digest().toString())
                .put("version", one.version())
                .put("generated_at", one.generatedAt().toString()));
        return json;
    }

    /** What it says of the release, without when and what was before. */
    ObjectNode saying() {
        ObjectNode json = Json.object();
        json.put("channel", channel);
        json.put("version", version);
        json.put("immutable_tag", immutableTag);
        movingTags.forEach(json.putArray("moving_tags")::add);
        ArrayNode array = json.putArray("images");
        for (ImageRef image : images) {
            array.addObject()
                    .put("image", name(image))
                    .put("repository", image.repository().toString())
                    .put("digest", image.requireDigest().toString());
        }
        payload.ifPresent(artifact -> json.putObject("payload")
                .put("ref", artifact.toString())
                .put("digest", artifact.requireDigest().toString()));
        return json;
    }

    /** The last part of a repository's name, by which readers look for an image. */
    public static String name(ImageRef image) {
        String path = image.repository().path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Reads what {@link #toJson} wrote. */
    static ChannelDocument parse(byte[] bytes) {
        ObjectNode json = Json.readFew(bytes, "The document of a channel");
        List<Earlier> history = new ArrayList<>();
        for (JsonNode one : json.path("history")) {
            history.add(new Earlier(Digest.parse(one.path("digest").asText("")), text(one, "version"), time(one)));
        }
        return said(json, time(json), history);
    }

    /** Reads what {@link #saying} wrote. */
    static ChannelDocument readDraft(JsonNode json) {
        return said(json, Instant.EPOCH, List.of());
    }

    private static ChannelDocument said(JsonNode json, Instant generatedAt, List<Earlier> history) {
        List<String> moving = new ArrayList<>();
        json.path("moving_tags").forEach(tag -> moving.add(Shown.of(tag.asText(""))));
        List<ImageRef> images = new ArrayList<>();
        for (JsonNode image : json.path("images")) {
            images.add(ImageRef.of(
                    Repository.parse(image.path("repository").asText("")),
                    Digest.parse(image.path("digest").asText(""))));
        }
        String payload = json.path("payload").path("ref").asText("");
        return new ChannelDocument(
                text(json, "channel"),
                text(json, "version"),
                text(json, "immutable_tag"),
                moving,
                images,
                payload.isEmpty() ? Optional.empty() : Optional.of(payload(payload)),
                generatedAt,
                history);
    }

    private static ImageRef payload(String reference) {
        ImageRef artifact = ImageRef.parse(reference);
        return ImageRef.of(artifact.repository(), artifact.requireDigest());
    }

    private static String text(JsonNode json, String field) {
        return Shown.of(json.path(field).asText(""));
    }

    private static Instant time(JsonNode json) {
        return Receipt.instant(json.path("generated_at").asText(""));
    }
}

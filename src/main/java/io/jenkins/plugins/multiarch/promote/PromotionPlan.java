package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a promotion would do to a registry as it is now, to be looked at and then applied by its hash.
 *
 * @param supersededBy the newer release that stands there, so that nothing would be done; or empty
 * @param images where those that would get tags come from; left out where a plan is only to be compared
 * @param lagging mirrors that would stay behind, each as a sentence
 * @param channel what would become of the document of a channel, where one was named
 */
public record PromotionPlan(
        List<PlannedTag> tags,
        List<PlannedImage> images,
        List<PlannedCopy> copies,
        String supersededBy,
        List<String> lagging,
        Optional<PlannedChannel> channel) {
    private static final int VERSION = 1;

    public PromotionPlan {
        tags = List.copyOf(tags);
        images = List.copyOf(images);
        copies = List.copyOf(copies);
        lagging = List.copyOf(lagging);
    }

    /** Of no channel. */
    public PromotionPlan(List<PlannedTag> tags, List<PlannedCopy> copies, String supersededBy, List<String> lagging) {
        this(tags, List.of(), copies, supersededBy, lagging, Optional.empty());
    }

    /** The same, for somebody who is to agree to it. */
    PromotionPlan from(List<PlannedImage> origins) {
        return new PromotionPlan(tags, origins, copies, supersededBy, lagging, channel);
    }

    /** What the promotion would return. */
    public PromotedTags promoted() {
        return new PromotedTags(tags.stream().map(PlannedTag::tag).toList(), supersededBy, lagging);
    }

    /** Bytes that all copies together would send now. */
    public long bytesToCopy() {
        return copies.stream().mapToLong(PlannedCopy::bytes).sum();
    }

    /**
     * The SHA-256 of the tags by their names, each with where it leads and would lead, its versions, and the platforms it
     * gains and loses, and of the channel with what it would say, as JSON without blanks. How much there is to copy is not in
     * it, nor what lies beside the images: both change beside this promotion, and change nothing about it.
     */
    public Digest hash() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        ArrayNode array = json.putArray("tags");
        tags.stream().sorted(Comparator.comparing(PlannedTag::name)).forEach(tag -> array.add(tag.toJson()));
        json.put("supersededBy", supersededBy);
        channel.ifPresent(one -> json.set("channel", one.toJson()));
        return Digest.sha256(Json.write(json));
    }

    /** The plan for a log. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        tags.forEach(tag -> lines.add(tag.line()));
        images.forEach(image -> lines.add(image.line()));
        copies.forEach(copy -> lines.add(copy.line()));
        channel.ifPresent(one -> lines.add(one.line()));
        lines.addAll(lagging);
        if (!supersededBy.isEmpty()) {
            lines.add("Nothing would be promoted: superseded by " + supersededBy + ".");
        }
        return lines;
    }

    /**
     * <code>{"version": 1, "hash", "tags": [{…, "fromVersion", "toVersion", "platformsAdded", "platformsLost"}], "images":
     * [{"image", "builds", "evidence", "required"}], "copies": [{"image", "target", "bytes"}], "bytesToCopy", "supersededBy",
     * "lagging": [], "channel": {…}}</code>, the tags otherwise as {@link PromotedTags#toJson} has them.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("hash", hash().toString());
        ArrayNode array = json.putArray("tags");
        tags.forEach(tag -> array.add(tag.toJson()));
        ArrayNode origins = json.putArray("images");
        images.forEach(image -> origins.add(image.toJson()));
        ArrayNode copied = json.putArray("copies");
        copies.forEach(copy -> copied.add(copy.toJson()));
        json.put("bytesToCopy", bytesToCopy());
        json.put("supersededBy", supersededBy);
        lagging.forEach(json.putArray("lagging")::add);
        channel.ifPresent(one -> json.set("channel", one.toJson()));
        return json;
    }

    /** Reads of what {@link #toJson} wrote what a comparison needs. */
    public static PromotionPlan parse(byte[] bytes) {
        ObjectNode json = Json.readFew(bytes, "The plan");
        List<PlannedTag> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(PlannedTag.read(tag)));
        Optional<PlannedChannel> channel =
                Optional.of(json.path("channel")).filter(JsonNode::isObject).map(PlannedChannel::read);
        return new PromotionPlan(
                tags, List.of(), List.of(), json.path("supersededBy").asText(""), List.of(), channel);
    }

    /**
     * Lets this plan through where it has the hash that was agreed to, or where all is as the plan of that hash was to make it,
     * so that doing it again changes nothing.
     *
     * @param agreed the plan of that hash where it was kept, to name what has changed
     */
    void refuseUnless(Digest hash, Optional<PromotionPlan> agreed) {
        Optional<PromotionPlan> kept = agreed.filter(plan -> plan.hash().equals(hash));
        if (hash().equals(hash) || kept.filter(this::isOutcomeOf).isPresent()) {
            return;
        }
        throw new ReleaseException(
                "Nothing was promoted: the plan " + hash + " holds no longer."
                        + kept.map(this::changesSince).orElseGet(this::now),
                "Look at a new plan, then apply that one.");
    }

    private boolean isOutcomeOf(PromotionPlan plan) {
        Map<TagName, Digest> meant = plan.tags().stream()
                .collect(Collectors.toMap(
                        PlannedTag::name, planned -> planned.tag().digest()));
        Map<TagName, Digest> standing = tags.stream()
                .filter(planned -> !planned.tag().changed())
                .collect(Collectors.toMap(
                        PlannedTag::name, planned -> planned.tag().digest()));
        return plan.supersededBy().isEmpty()
                && meant.equals(standing)
                && channel.filter(PlannedChannel::changed).isEmpty();
    }

    private String now() {
        return " By now it would be " + hash() + ":" + asList(lines());
    }

    private String changesSince(PromotionPlan agreed) {
        Map<TagName, PlannedTag> before =
                agreed.tags().stream().collect(Collectors.toMap(PlannedTag::name, Function.identity()));
        List<String> changes = new ArrayList<>();
        for (PlannedTag tag : tags) {
            PlannedTag was = before.remove(tag.name());
            if (was == null) {
                changes.add(tag.name() + " was not in it");
            } else if (!was.equals(tag)) {
                changes.add(tag.name() + " " + difference(was, tag));
            }
        }
        before.keySet().forEach(name -> changes.add(name + " is no longer in it"));
        if (!channel.equals(agreed.channel())) {
            changes.add("the channel is another one, or would say something else: "
                    + channel.map(PlannedChannel::line).orElse("no document would be written."));
        }
        if (!supersededBy.equals(agreed.supersededBy())) {
            changes.add("superseded by " + (supersededBy.isEmpty() ? "nothing any more" : supersededBy));
        }
        return " Since then:" + asList(changes);
    }

    private static String difference(PlannedTag was, PlannedTag now) {
        if (!was.tag().previous().equals(now.tag().previous())) {
            return "leads to " + text(now.tag().previous()) + " instead of "
                    + text(was.tag().previous());
        }
        return was.tag().digest().equals(now.tag().digest())
                ? "would be changed in another way: " + now.line()
                : "would lead to " + now.tag().digest() + " instead of "
                        + was.tag().digest();
    }

    private static String text(Optional<Digest> digest) {
        return digest.map(Digest::toString).orElse("nothing");
    }

    private static String asList(List<String> lines) {
        return lines.stream().map(line -> "\n- " + line).collect(Collectors.joining()) + "\n";
    }
}

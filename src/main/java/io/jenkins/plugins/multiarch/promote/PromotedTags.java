package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a promotion did, or would do, to each of its tags.
 *
 * @param supersededBy the newer release that stands there instead of this one, no tag having moved; or empty
 * @param lagging mirrors that stayed behind, each as a sentence
 * @param release what the receipts beside its images call it, where any was to be left
 * @param unrecorded receipts that could not be left, each as a sentence; the tags have moved all the same
 */
public record PromotedTags(
        List<MovedTag> tags,
        String supersededBy,
        List<String> lagging,
        Optional<Digest> release,
        List<String> unrecorded) {

    public PromotedTags {
        tags = List.copyOf(tags);
        lagging = List.copyOf(lagging);
        unrecorded = List.copyOf(unrecorded);
    }

    public PromotedTags(List<MovedTag> tags, String supersededBy, List<String> lagging) {
        this(tags, supersededBy, lagging, Optional.empty(), List.of());
    }

    public PromotedTags(List<MovedTag> tags) {
        this(tags, "", List.of());
    }

    /** Whether any tag moved, or would. */
    public boolean isChanged() {
        return tags.stream().anyMatch(MovedTag::changed);
    }

    /** Whether somebody promoted something newer, so that nothing moved. */
    public boolean isSuperseded() {
        return !supersededBy.isEmpty();
    }

    /**
     * <code>{"tags": [{"reference", "repository", "tag", "previous", "digest", "changed"}]}</code>, with {@code reason} in a
     * tag, {@code supersededBy}, {@code lagging}, {@code release} and {@code unrecorded} where there is something to say.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("tags");
        tags.forEach(tag -> array.add(tag.toJson()));
        if (isSuperseded()) {
            json.put("supersededBy", supersededBy);
        }
        if (!lagging.isEmpty()) {
            lagging.forEach(json.putArray("lagging")::add);
        }
        release.ifPresent(name -> json.put("release", name.toString()));
        if (!unrecorded.isEmpty()) {
            unrecorded.forEach(json.putArray("unrecorded")::add);
        }
        return json;
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/**
 * What a promotion did, or would do, to each of its tags.
 *
 * @param supersededBy the newer release that stands there instead of this one, no tag having moved; or empty
 * @param lagging mirrors that stayed behind, each as a sentence
 */
public record PromotedTags(List<MovedTag> tags, String supersededBy, List<String> lagging) {

    public PromotedTags {
        tags = List.copyOf(tags);
        lagging = List.copyOf(lagging);
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
     * tag, {@code supersededBy} and {@code lagging} where there is something to say.
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
        return json;
    }
}

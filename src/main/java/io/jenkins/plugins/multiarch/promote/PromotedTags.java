package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/** What a promotion did, or would do, to each of its tags. */
public record PromotedTags(List<MovedTag> tags) {

    public PromotedTags {
        tags = List.copyOf(tags);
    }

    /** Whether any tag moved, or would. */
    public boolean isChanged() {
        return tags.stream().anyMatch(MovedTag::changed);
    }

    /** <code>{"tags": [{"reference", "repository", "tag", "previous", "digest", "changed"}]}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("tags");
        tags.forEach(tag -> array.add(tag.toJson()));
        return json;
    }
}

package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Tag;

/**
 * A tag that goes from a manifest that stays.
 *
 * @param reason a clause
 */
public record PlannedUntag(Tag tag, Digest digest, String reason) {

    /** For a log. */
    String line() {
        return "untag  " + digest + " (" + tag + "): " + reason;
    }

    /** <code>{"tag", "digest", "reason"}</code>. */
    ObjectNode toJson() {
        return Json.object()
                .put("tag", tag.name())
                .put("digest", digest.toString())
                .put("reason", reason);
    }
}

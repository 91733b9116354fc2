package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/**
 * What was brought back.
 *
 * @param restored manifests and tags, by their references
 * @param left what was not, each a sentence
 */
public record RestoreReport(List<String> restored, List<String> left) {
    public RestoreReport {
        restored = List.copyOf(restored);
        left = List.copyOf(left);
    }

    /** <code>{"restored": [], "left": []}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        restored.forEach(json.putArray("restored")::add);
        left.forEach(json.putArray("left")::add);
        return json;
    }
}

package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a rollback went back to.
 *
 * @param state the time whose state it restored, where receipts tell that
 * @param undone the release that it undid, where receipts tell that
 */
public record ReturnTo(Optional<Instant> state, Optional<Digest> undone) {

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        state.ifPresent(time -> json.put("stateOf", time.toString()));
        undone.ifPresent(release -> json.put("of", release.toString()));
        return json;
    }

    static ReturnTo read(JsonNode json) {
        String time = json.path("stateOf").asText("");
        String undone = json.path("of").asText("");
        return new ReturnTo(
                time.isEmpty() ? Optional.empty() : Optional.of(Receipt.instant(time)),
                undone.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(undone)));
    }
}

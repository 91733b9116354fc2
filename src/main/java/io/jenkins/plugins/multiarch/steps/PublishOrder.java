package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that a step publishes in the end, as text that travels through the packaged script.
 *
 * @param credentialsId for their registry; empty takes those of the global configuration
 * @param published whether anything is written to a registry
 */
record PublishOrder(List<OrderedImage> images, String credentialsId, boolean published) {

    String toJson() {
        ObjectNode json = Json.object()
                .put("version", 1)
                .put("credentialsId", credentialsId)
                .put("published", published);
        ArrayNode array = json.putArray("images");
        images.forEach(image -> array.add(image.toJson()));
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    static PublishOrder parse(String text) {
        ObjectNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), "The order to publish");
        List<OrderedImage> images = new ArrayList<>();
        json.path("images").forEach(image -> images.add(OrderedImage.parse(image)));
        return new PublishOrder(
                List.copyOf(images),
                json.path("credentialsId").asText(),
                json.path("published").asBoolean());
    }
}

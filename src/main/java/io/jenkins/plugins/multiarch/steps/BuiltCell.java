package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What became of a platform of an image. It travels through the packaged script as text.
 *
 * @param variant empty where there is only one
 * @param image what was built; nothing where the platform was left out
 */
record BuiltCell(String variant, Platform platform, Optional<Image> image) {

    /**
     * An image that was built.
     *
     * @param found what it is
     * @param how it was built
     */
    record Image(CollectedImage found, Facts how) {}

    /**
     * How an image was built.
     *
     * @param builder with its version
     * @param seconds from the beginning of the build to its being pushed
     * @param log address of what the builder said, relative to the address of Jenkins
     */
    record Facts(String agent, String builder, boolean emulated, long seconds, String log) {}

    static BuiltCell skipped(BuildCell cell) {
        return new BuiltCell(cell.plan().name(), cell.plan().platform(), Optional.empty());
    }

    static BuiltCell of(BuildCell cell, CollectedImage found, Facts how) {
        return new BuiltCell(cell.plan().name(), cell.plan().platform(), Optional.of(new Image(found, how)));
    }

    /** @throws java.util.NoSuchElementException if it was left out */
    CollectedImage found() {
        return image.orElseThrow().found();
    }

    String toJson() {
        ObjectNode json = Json.object();
        json.put("version", 1).put("variant", variant).put("platform", platform.toString());
        image.ifPresent(built -> {
            json.set("image", built.found.toJson());
            json.put("agent", built.how.agent)
                    .put("builder", built.how.builder)
                    .put("emulated", built.how.emulated)
                    .put("seconds", built.how.seconds)
                    .put("log", built.how.log);
        });
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    static BuiltCell parse(String text) {
        ObjectNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), "The result of a platform");
        return new BuiltCell(
                json.path("variant").asText(),
                Platform.parse(json.path("platform").asText()),
                json.has("image") ? Optional.of(image(json)) : Optional.empty());
    }

    private static Image image(JsonNode json) {
        Facts how = new Facts(
                json.path("agent").asText(),
                json.path("builder").asText(),
                json.path("emulated").asBoolean(),
                json.path("seconds").asLong(),
                json.path("log").asText());
        return new Image(CollectedImage.read(json.path("image")), how);
    }
}

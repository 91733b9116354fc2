package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One platform of one image: what is built, where, and what becomes of it. It travels through the packaged script as text,
 * and has no secret in it.
 *
 * @param repository that the image will be in, also where it is not published
 * @param id unlike that of any other in the build, fit for a file's name
 * @param name what its branch is called
 * @param secrets ids of credentials by the ids of the plan's secrets
 * @param custom whether the Jenkinsfile builds it itself
 */
record BuildCell(
        String id,
        String name,
        String repository,
        BuildPlan plan,
        Placement placement,
        Delivery delivery,
        Map<String, String> secrets,
        boolean custom) {
    private static final int VERSION = 1;

    /**
     * Where it is built.
     *
     * @param label that agents have; empty in the workspace where the step was called
     * @param fallback label of agents that can emulate it
     * @param minutes to wait at most
     */
    record Placement(String label, String fallback, Unavailable unavailable, boolean optional, int minutes) {}

    /**
     * What becomes of it.
     *
     * @param repository to push to; empty pushes nothing
     * @param credentialsId for that repository; empty takes those of the global configuration
     * @param archive name to keep an OCI archive of it under; empty keeps none
     * @param folder name to keep its files under; empty keeps none
     */
    record Delivery(String repository, String credentialsId, String archive, String folder) {}

    /** It, built under emulation by an agent of the fallback label. */
    BuildCell emulated() {
        return new BuildCell(id, name, repository, plan.withEmulation(), placement, delivery, secrets, custom);
    }

    String toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION)
                .put("id", id)
                .put("name", name)
                .put("repository", repository)
                .put("custom", custom);
        json.putObject("placement")
                .put("label", placement.label)
                .put("fallback", placement.fallback)
                .put("unavailable", placement.unavailable.name())
                .put("optional", placement.optional)
                .put("minutes", placement.minutes);
        json.putObject("delivery")
                .put("repository", delivery.repository)
                .put("credentialsId", delivery.credentialsId)
                .put("archive", delivery.archive)
                .put("folder", delivery.folder);
        ObjectNode ids = json.putObject("secrets");
        secrets.forEach(ids::put);
        json.set("plan", Json.read(plan.toJson(), "The plan of a platform"));
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    /** @throws ReleaseException if this was not written by {@link #toJson} of a version we know */
    static BuildCell parse(String text) {
        ObjectNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), "The plan of a platform");
        if (json.path("version").asInt() != VERSION || !(json.get("plan") instanceof ObjectNode plan)) {
            throw new ReleaseException(
                    "The plan of a platform was made by another version of the plugin, or by hand.",
                    "Call buildMultiArch, which makes it.");
        }
        ObjectNode place = json.withObject("/placement");
        ObjectNode delivery = json.withObject("/delivery");
        return new BuildCell(
                json.path("id").asText(),
                json.path("name").asText(),
                json.path("repository").asText(),
                BuildPlan.parse(Json.write(plan)),
                new Placement(
                        place.path("label").asText(),
                        place.path("fallback").asText(),
                        Unavailable.valueOf(place.path("unavailable").asText()),
                        place.path("optional").asBoolean(),
                        place.path("minutes").asInt()),
                new Delivery(
                        delivery.path("repository").asText(),
                        delivery.path("credentialsId").asText(),
                        delivery.path("archive").asText(),
                        delivery.path("folder").asText()),
                secrets(json.withObject("/secrets")),
                json.path("custom").asBoolean());
    }

    private static Map<String, String> secrets(ObjectNode json) {
        Map<String, String> secrets = new LinkedHashMap<>();
        json.properties()
                .forEach(field -> secrets.put(field.getKey(), field.getValue().asText()));
        return secrets;
    }

    /** Nothing for the empty text, in which absence travels. */
    static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}

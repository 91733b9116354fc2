package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A platform that is ready to be built on its agent, as text all of it.
 *
 * @param plan with exact base images
 * @param folder the private folder on the agent, an absolute path
 * @param script what builds it; empty where our own builder does, or the Jenkinsfile
 * @param reproduce what a developer runs to build the same
 * @param materials what goes in, as {@link io.jenkins.plugins.multiarch.builder.Material#write} has it; empty if nobody knows
 * @param started when, by the clock of the controller, in milliseconds since 1970
 */
record PreparedCell(
        String plan,
        String folder,
        String script,
        String reproduce,
        String materials,
        String builder,
        String version,
        boolean emulated,
        long started)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    BuildPlan buildPlan() {
        return BuildPlan.parse(plan.getBytes(StandardCharsets.UTF_8));
    }

    /** What the builder is called in a sentence. */
    String builderText() {
        return version.isEmpty() ? builder : builder + " " + version;
    }

    /** All that is needed when it is built; the script goes its own way, and what was recorded of it is on the controller. */
    String toJson() {
        ObjectNode json = Json.object()
                .put("version", 1)
                .put("plan", plan)
                .put("folder", folder)
                .put("builder", builder)
                .put("builderVersion", version)
                .put("emulated", emulated)
                .put("started", started);
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    static PreparedCell parse(String text) {
        ObjectNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), "The preparation of a platform");
        return new PreparedCell(
                json.path("plan").asText(),
                json.path("folder").asText(),
                "",
                "",
                "",
                json.path("builder").asText(),
                json.path("builderVersion").asText(),
                json.path("emulated").asBoolean(),
                json.path("started").asLong());
    }
}

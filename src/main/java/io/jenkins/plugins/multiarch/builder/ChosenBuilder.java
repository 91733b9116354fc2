package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The builder that takes a build, and why.
 *
 * @param version as the builder says it, with its driver where it has one
 * @param reason a sentence for the log
 * @param emulated whether commands of the build run under emulation
 * @param features what it can do on this machine
 */
public record ChosenBuilder(BuilderKind kind, String version, String reason, boolean emulated, Set<Feature> features) {

    public ChosenBuilder {
        features = Set.copyOf(features);
    }

    /** Whether it has a feature on this machine. */
    public boolean can(Feature feature) {
        return features.contains(feature);
    }

    /** As JSON, to be handed from one step to another. */
    public byte[] toJson() {
        ObjectNode json = Json.object()
                .put("builder", kind.toString())
                .put("version", version)
                .put("reason", reason)
                .put("emulated", emulated);
        ArrayNode array = json.putArray("features");
        new TreeSet<>(features).forEach(feature -> array.add(feature.toString()));
        return Json.write(json);
    }

    /** Reads what {@link #toJson} wrote. */
    public static ChosenBuilder parse(byte[] bytes) {
        ObjectNode json = Json.read(bytes, "The chosen builder");
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (JsonNode feature : json.path("features")) {
            features.add(Feature.valueOf(feature.asText().toUpperCase(Locale.ROOT)));
        }
        return new ChosenBuilder(
                BuilderKind.parse(json.path("builder").asText()).orElse(BuilderKind.DAEMONLESS),
                json.path("version").asText(),
                json.path("reason").asText(),
                json.path("emulated").asBoolean(),
                features);
    }
}

package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a build may do.
 *
 * @param rule the name of the rule that decided; empty where none is for such a build
 * @param skip whether there is nothing to build
 * @param publish whether images are pushed and get the tags
 * @param fresh whether newer base images are looked for, and no cache is used
 * @param cacheRead whether the cache is read
 * @param cacheWrite whether the cache is written
 * @param refresh whether this makes a release again
 * @param channel the channel that is published to, or empty
 * @param version the version of what is built; empty where nothing says one
 * @param tags those that images get, the main one first
 * @param annotations with the level before the key, as {@code buildMultiArch} takes them
 * @param lanes names that the rule has for the Pipeline's own use
 * @param concurrencyKey builds with the same one follow each other, and a newer one supersedes an older one
 * @param decisions all of this with the reasons, in one order always
 */
public record ReleasePlan(
        BuildFacts facts,
        String rule,
        boolean skip,
        boolean publish,
        boolean fresh,
        boolean cacheRead,
        boolean cacheWrite,
        boolean refresh,
        String channel,
        String version,
        List<String> tags,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<String> lanes,
        String concurrencyKey,
        List<Decision> decisions) {
    private static final int SCHEMA_VERSION = 1;

    public ReleasePlan {
        tags = List.copyOf(tags);
        labels = new LinkedHashMap<>(labels);
        annotations = new LinkedHashMap<>(annotations);
        lanes = List.copyOf(lanes);
        decisions = List.copyOf(decisions);
    }

    @Override
    public Map<String, String> labels() {
        return new LinkedHashMap<>(labels);
    }

    @Override
    public Map<String, String> annotations() {
        return new LinkedHashMap<>(annotations);
    }

    /** The reason of a decision, or of the first where there are several of a name; empty where there is none. */
    public String reason(String decision) {
        return decisions.stream()
                .filter(made -> made.name().equals(decision))
                .map(Decision::reason)
                .findFirst()
                .orElse("");
    }

    /** All of it, fields always in this order. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("ref", facts.ref().toString());
        json.put("cause", facts.cause().toString());
        json.put("commit", facts.commit());
        json.put("rule", rule);
        json.put("skip", skip);
        json.put("publish", publish);
        json.put("fresh", fresh);
        json.put("cacheRead", cacheRead);
        json.put("cacheWrite", cacheWrite);
        json.put("refresh", refresh);
        json.put("channel", channel);
        json.put("version", version);
        tags.forEach(json.putArray("tags")::add);
        labels.forEach(json.putObject("labels")::put);
        annotations.forEach(json.putObject("annotations")::put);
        lanes.forEach(json.putArray("lanes")::add);
        json.put("concurrencyKey", concurrencyKey);
        ArrayNode made = json.putArray("decisions");
        for (Decision decision : decisions) {
            made.addObject()
                    .put("decision", decision.name())
                    .put("value", decision.value())
                    .put("reason", decision.reason());
        }
        return json;
    }
}

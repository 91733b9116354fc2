package io.jenkins.plugins.multiarch.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration of an image in the making (OCI image-spec 1.1, "Image Configuration", and Docker's additions). */
final class ConfigDraft {
    private static final List<String> KEPT = List.of(
            "ArgsEscaped",
            "Cmd",
            "Entrypoint",
            "Env",
            "ExposedPorts",
            "Healthcheck",
            "Labels",
            "OnBuild",
            "Shell",
            "StopSignal",
            "StopTimeout",
            "User",
            "Volumes",
            "WorkingDir");
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ObjectNode platform;
    private final ObjectNode config;
    private final ArrayNode history;
    private final String created;
    private String author;

    private ConfigDraft(ObjectNode platform, ObjectNode config, ArrayNode history, String created, String author) {
        this.platform = platform;
        this.config = config;
        this.history = history;
        this.created = created;
        this.author = author;
    }

    /** Of an image without a base, as BuildKit begins it. */
    static ConfigDraft scratch(Platform platform, Instant created) {
        ObjectNode of = Json.object().put("architecture", platform.arch()).put("os", platform.os());
        if (!platform.variant().isEmpty()) {
            of.put("variant", platform.variant());
        }
        if (!platform.osVersion().isEmpty()) {
            of.put("os.version", platform.osVersion());
        }
        ObjectNode config = Json.object();
        config.put("WorkingDir", "/");
        return new ConfigDraft(of, config, config.arrayNode(), created.toString(), "").withPath();
    }

    /** Of an image on a base; its legacy fields are left behind. */
    static ConfigDraft on(ImageConfig base, Instant created) {
        JsonNode json = base.json();
        ObjectNode of = Json.object();
        for (String field : List.of("architecture", "os", "os.version", "os.features", "variant")) {
            if (json.has(field)) {
                of.set(field, json.get(field));
            }
        }
        ObjectNode config = Json.object();
        for (String field : KEPT) {
            if (json.path("config").hasNonNull(field)) {
                config.set(field, json.path("config").get(field));
            }
        }
        ArrayNode history = config.arrayNode();
        json.path("history").forEach(history::add);
        return new ConfigDraft(
                        of,
                        config,
                        history,
                        created.toString(),
                        json.path("author").asText(""))
                .withPath();
    }

    /** There is always a PATH, but for Windows, which knows its own (BuildKit's dockerfile2llb). */
    private ConfigDraft withPath() {
        if (!isWindows() && !env().containsKey("PATH")) {
            env(Map.of("PATH", DEFAULT_PATH));
        }
        return this;
    }

    boolean isWindows() {
        return platform.path("os").asText().equals("windows");
    }

    /** A copy for a stage that begins with this one. */
    ConfigDraft copy() {
        return new ConfigDraft(platform, config.deepCopy(), history.deepCopy(), created, author);
    }

    /** The environment, in the order in which it was set. */
    Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        config.path("Env").forEach(pair -> {
            String[] parts = pair.asText().split("=", 2);
            env.put(parts[0], parts.length == 2 ? parts[1] : "");
        });
        return env;
    }

    void env(Map<String, String> added) {
        Map<String, String> env = env();
        env.putAll(added);
        ArrayNode array = config.putArray("Env");
        env.forEach((key, value) -> array.add(key + "=" + value));
    }

    String text(String field) {
        return config.path(field).asText("");
    }

    void text(String field, String value) {
        config.put(field, value);
    }

    List<String> texts(String field) {
        List<String> all = new ArrayList<>();
        config.path(field).forEach(item -> all.add(item.asText()));
        return all;
    }

    void texts(String field, List<String> values) {
        values.forEach(config.putArray(field)::add);
    }

    void set(String field, JsonNode value) {
        config.set(field, value);
    }

    void remove(String field) {
        config.remove(field);
    }

    /** Adds keys to a map whose values say nothing, sorted. */
    void addKeys(String field, List<String> keys) {
        TreeMap<String, JsonNode> all = new TreeMap<>();
        config.path(field).fields().forEachRemaining(entry -> all.put(entry.getKey(), entry.getValue()));
        keys.forEach(key -> all.put(key, Json.object()));
        config.putObject(field).setAll(all);
    }

    void addLabels(Map<String, String> labels) {
        TreeMap<String, String> all = new TreeMap<>();
        config.path("Labels")
                .fields()
                .forEachRemaining(
                        entry -> all.put(entry.getKey(), entry.getValue().asText()));
        all.putAll(labels);
        if (!all.isEmpty()) {
            ObjectNode object = config.putObject("Labels");
            all.forEach(object::put);
        }
    }

    void author(String name) {
        author = name;
    }

    /** Notes a step. */
    void history(String createdBy, boolean emptyLayer) {
        ObjectNode step = history.addObject();
        step.put("created", created);
        step.put("created_by", createdBy);
        step.put("comment", "daemonless");
        if (emptyLayer) {
            step.put("empty_layer", true);
        }
    }

    /** The document, over these layers. */
    byte[] write(List<Digest> diffIds) {
        ObjectNode json = Json.object();
        json.put("created", created);
        if (!author.isEmpty()) {
            json.put("author", author);
        }
        json.setAll(platform);
        json.set("config", sorted(config));
        ArrayNode ids = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        diffIds.forEach(id -> ids.add(id.toString()));
        json.set("history", history);
        return Json.write(json);
    }

    private static ObjectNode sorted(ObjectNode object) {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        object.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        ObjectNode sorted = Json.object();
        fields.forEach(sorted::set);
        return sorted;
    }
}

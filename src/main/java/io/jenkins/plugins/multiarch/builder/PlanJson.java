package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** A plan as JSON. */
final class PlanJson {
    private static final int VERSION = 1;

    private PlanJson() {}

    static byte[] write(BuildPlan plan) {
        ObjectNode json = Json.object()
                .put("version", VERSION)
                .put("name", plan.name())
                .put("platform", plan.platform().toString())
                .put("context", plan.context())
                .put("dockerfile", plan.dockerfile());
        plan.target().ifPresent(stage -> json.put("target", stage));
        texts(plan.buildArgs(), json.putObject("buildArgs"));
        ObjectNode secrets = json.putObject("secrets");
        plan.secrets()
                .forEach((id, secret) ->
                        secrets.putObject(id).put("variable", secret.variable()).put("file", secret.file()));
        texts(plan.contexts(), json.putObject("contexts"));
        ObjectNode bases = json.putObject("baseImages");
        plan.baseImages().forEach((name, image) -> bases.put(name, image.toString()));
        texts(plan.prebuilt(), json.putObject("prebuilt"));
        texts(plan.labels(), json.putObject("labels"));
        texts(plan.annotations(), json.putObject("annotations"));
        json.put("network", plan.network());
        plan.cache()
                .ifPresent(cache -> json.putObject("cache")
                        .put("reference", cache.reference())
                        .put("mode", cache.mode())
                        .put("read", cache.read())
                        .put("write", cache.write()));
        json.put("fresh", plan.fresh());
        plan.builder().ifPresent(kind -> json.put("builder", kind.toString()));
        json.put("emulate", plan.emulate());
        plan.sourceDateEpoch().ifPresent(seconds -> json.put("sourceDateEpoch", seconds));
        ArrayNode logins = json.putArray("logins");
        plan.logins()
                .forEach(login -> logins.addObject()
                        .put("host", login.host())
                        .put("userVariable", login.userVariable())
                        .put("passwordVariable", login.passwordVariable()));
        return Json.write(json);
    }

    private static void texts(Map<String, String> from, ObjectNode to) {
        from.forEach(to::put);
    }

    static BuildPlan read(byte[] bytes) {
        ObjectNode json = Json.read(bytes, "The build plan");
        if (json.path("version").asInt() != VERSION) {
            throw refused("its version is " + json.path("version").asText("not there") + ", we know " + VERSION);
        }
        return new BuildPlan(
                text(json, "name"),
                Platform.parse(text(json, "platform")),
                text(json, "context"),
                text(json, "dockerfile"),
                optional(json, "target"),
                map(json, "buildArgs", PlanJson::string),
                map(json, "secrets", secret -> new Secret(text(secret, "variable"), flag(secret, "file"))),
                map(json, "contexts", PlanJson::string),
                map(json, "baseImages", image -> ImageRef.parse(string(image))),
                map(json, "prebuilt", PlanJson::string),
                map(json, "labels", PlanJson::string),
                map(json, "annotations", PlanJson::string),
                text(json, "network"),
                Optional.of(json.path("cache")).filter(JsonNode::isObject).map(PlanJson::cache),
                flag(json, "fresh"),
                optional(json, "builder").flatMap(BuilderKind::parse),
                flag(json, "emulate"),
                seconds(json.path("sourceDateEpoch")),
                logins(json.path("logins")));
    }

    private static Cache cache(JsonNode cache) {
        return new Cache(text(cache, "reference"), text(cache, "mode"), flag(cache, "read"), flag(cache, "write"));
    }

    private static List<Login> logins(JsonNode array) {
        List<Login> logins = new ArrayList<>();
        array.forEach(login -> logins.add(
                new Login(text(login, "host"), text(login, "userVariable"), text(login, "passwordVariable"))));
        return logins;
    }

    private static OptionalLong seconds(JsonNode value) {
        if (value.isMissingNode()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw refused("its sourceDateEpoch is no number of seconds");
        }
        return OptionalLong.of(value.asLong());
    }

    private static <T> Map<String, T> map(JsonNode json, String field, Function<JsonNode, T> read) {
        Map<String, T> all = new TreeMap<>();
        json.path(field).fields().forEachRemaining(entry -> all.put(entry.getKey(), read.apply(entry.getValue())));
        return all;
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return json.has(field) ? Optional.of(text(json, field)) : Optional.empty();
    }

    private static String text(JsonNode json, String field) {
        return json.has(field) ? string(json.path(field)) : "";
    }

    private static String string(JsonNode value) {
        if (!value.isTextual()) {
            throw refused("it has something else where a text belongs");
        }
        return value.asText();
    }

    private static boolean flag(JsonNode json, String field) {
        return json.path(field).asBoolean(false);
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException(
                "The build plan cannot be used: " + reason + ".",
                "Let the plugin or the command line of the same version make it.");
    }
}

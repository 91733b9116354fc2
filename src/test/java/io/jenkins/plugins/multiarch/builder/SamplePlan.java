package io.jenkins.plugins.multiarch.builder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;

/** A plan written as JSON, field by field. */
final class SamplePlan {
    private final ObjectNode json;

    SamplePlan(String platform) {
        json = Json.object().put("version", 1).put("platform", platform).put("context", ".");
    }

    SamplePlan set(String field, String value) {
        json.put(field, value);
        return this;
    }

    SamplePlan set(String field, boolean value) {
        json.put(field, value);
        return this;
    }

    SamplePlan set(String field, long value) {
        json.put(field, value);
        return this;
    }

    /** An entry of a map. */
    SamplePlan put(String field, String key, String value) {
        json.withObjectProperty(field).put(key, value);
        return this;
    }

    SamplePlan secret(String id, String variable, boolean file) {
        json.withObjectProperty("secrets")
                .putObject(id)
                .put("variable", variable)
                .put("file", file);
        return this;
    }

    SamplePlan login(String host, String user, String password) {
        json.withArrayProperty("logins")
                .addObject()
                .put("host", host)
                .put("userVariable", user)
                .put("passwordVariable", password);
        return this;
    }

    SamplePlan cache(String reference, String mode, boolean read, boolean write) {
        json.putObject("cache")
                .put("reference", reference)
                .put("mode", mode)
                .put("read", read)
                .put("write", write);
        return this;
    }

    BuildPlan plan() {
        return BuildPlan.parse(Json.write(json));
    }
}

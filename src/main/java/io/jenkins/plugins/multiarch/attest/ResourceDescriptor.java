package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A thing that a build took or made: a commit, a base image, a file (in-toto's {@code ResourceDescriptor} v1).
 *
 * @param name empty where it has none
 * @param uri empty where it has none
 * @param digests by their algorithm, such as {@code sha256} or {@code gitCommit}
 * @param annotations whatever else is to be known
 */
public record ResourceDescriptor(
        String name, String uri, Map<String, String> digests, Map<String, String> annotations) {

    public ResourceDescriptor {
        digests = Map.copyOf(digests);
        annotations = Map.copyOf(annotations);
    }

    public static ResourceDescriptor of(String uri, Map<String, String> digests) {
        return new ResourceDescriptor("", uri, digests, Map.of());
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        if (!uri.isEmpty()) {
            json.put("uri", uri);
        }
        put(json, "digest", digests);
        put(json, "annotations", annotations);
        return json;
    }

    private static void put(ObjectNode json, String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            new TreeMap<>(values).forEach(json.putObject(field)::put);
        }
    }

    static void write(ObjectNode parent, String field, List<ResourceDescriptor> all) {
        if (!all.isEmpty()) {
            ArrayNode array = parent.putArray(field);
            all.forEach(one -> array.add(one.toJson()));
        }
    }
}

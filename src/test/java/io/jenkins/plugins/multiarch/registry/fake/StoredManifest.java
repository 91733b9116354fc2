package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A manifest's bytes as they came, and what a registry looks at in them. */
record StoredManifest(Digest digest, String mediaType, byte[] bytes, JsonNode json) {

    static StoredManifest of(Digest digest, String mediaType, byte[] bytes) {
        return new StoredManifest(digest, mediaType, bytes, Json.read(bytes, "The manifest"));
    }

    /** Takes bytes that need not be a manifest, nor JSON. */
    static StoredManifest unchecked(Digest digest, String mediaType, byte[] bytes) {
        try {
            return of(digest, mediaType, bytes);
        } catch (ReleaseException e) {
            return new StoredManifest(digest, mediaType, bytes, Json.object());
        }
    }

    boolean isIndex() {
        return json.path("manifests").isArray();
    }

    /** The manifests it lists. */
    List<Digest> children() {
        return digests(json.path("manifests"));
    }

    /** Configuration and layers, without those that are to be had elsewhere. */
    List<Digest> blobs() {
        List<Digest> all = new ArrayList<>();
        if (json.path("config").isObject()) {
            all.add(Digest.parse(json.path("config").path("digest").asText()));
        }
        all.addAll(digests(json.path("layers")));
        return all;
    }

    private static List<Digest> digests(JsonNode descriptors) {
        List<Digest> all = new ArrayList<>();
        for (JsonNode descriptor : descriptors) {
            if (!MediaTypes.isForeign(descriptor.path("mediaType").asText())) {
                all.add(Digest.parse(descriptor.path("digest").asText()));
            }
        }
        return all;
    }

    Optional<Digest> subject() {
        return Optional.of(json.path("subject").path("digest").asText(""))
                .filter(text -> !text.isEmpty())
                .map(Digest::parse);
    }

    String artifactType() {
        String own = json.path("artifactType").asText("");
        return own.isEmpty() && !isIndex()
                ? json.path("config").path("mediaType").asText("")
                : own;
    }

    /** As it stands in the answer to a referrers request. */
    ObjectNode descriptor() {
        ObjectNode descriptor = Json.object()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", bytes.length);
        if (!artifactType().isEmpty()) {
            descriptor.put("artifactType", artifactType());
        }
        if (json.path("annotations").isObject()) {
            descriptor.set("annotations", json.path("annotations"));
        }
        return descriptor;
    }
}

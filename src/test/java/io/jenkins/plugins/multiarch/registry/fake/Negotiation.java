package io.jenkins.plugins.multiarch.registry.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.util.Optional;

/** Which manifest a request gets, by what its Accept header names. */
record Negotiation(Settings settings) {
    private static final String SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    StoredManifest choose(StoredManifest stored, String accept, boolean byTag, StoredRepository repository) {
        if (accept.contains(stored.mediaType())) {
            return stored;
        }
        if (!settings.has(Trait.EXACT_ACCEPT)) {
            if (accept.isEmpty() || accept.contains("*/*")) {
                return stored;
            }
            throw unsupported("manifest found, but accept header does not support it");
        }
        if (!byTag) {
            return stored.mediaType().startsWith("application/vnd.docker.") ? stored : refuse();
        }
        return converted(stored, accept, repository);
    }

    private static StoredManifest refuse() {
        throw unsupported("OCI manifest found, but accept header does not support OCI manifests");
    }

    /** docker-registry turns a Docker list into its amd64 image, and an image into a manifest of schema 1. */
    private static StoredManifest converted(StoredManifest stored, String accept, StoredRepository repository) {
        if (stored.mediaType().equals(MediaTypes.DOCKER_LIST)) {
            StoredManifest child = amd64(stored, repository).orElseGet(Negotiation::refuse);
            return accept.contains(MediaTypes.DOCKER_MANIFEST) ? child : schema1(child);
        }
        return stored.mediaType().equals(MediaTypes.DOCKER_MANIFEST) ? schema1(stored) : refuse();
    }

    private static Optional<StoredManifest> amd64(StoredManifest list, StoredRepository repository) {
        for (JsonNode child : list.json().path("manifests")) {
            if (child.path("platform").path("architecture").asText().equals("amd64")) {
                return repository.manifest(Digest.parse(child.path("digest").asText()));
            }
        }
        return Optional.empty();
    }

    private static StoredManifest schema1(StoredManifest image) {
        ObjectNode json = Json.object().put("schemaVersion", 1).put("architecture", "amd64");
        json.putArray("fsLayers");
        byte[] bytes = Json.write(json);
        return new StoredManifest(Digest.sha256(bytes), SCHEMA1, bytes, image.json());
    }

    private static Refused unsupported(String message) {
        return new Refused(404, "MANIFEST_UNKNOWN", message);
    }
}

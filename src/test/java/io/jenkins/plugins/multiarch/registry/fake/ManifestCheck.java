package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;

/** What a registry wants of a manifest before it stores it. */
final class ManifestCheck {

    private ManifestCheck() {}

    static StoredManifest accepted(byte[] bytes, Digest digest, String contentType, StoredRepository repository) {
        StoredManifest manifest = parsed(bytes, digest, contentType);
        String said = manifest.json().path("mediaType").asText(contentType);
        if (!said.equals(contentType)) {
            throw invalid("content type " + contentType + " is not the manifest's media type " + said);
        }
        if (!MediaTypes.isManifest(contentType)
                || manifest.json().path("schemaVersion").asInt() != 2) {
            throw invalid("manifest invalid");
        }
        for (Digest child : manifest.children()) {
            if (repository.manifest(child).isEmpty()) {
                throw missing("manifest", child);
            }
        }
        for (Digest blob : manifest.blobs()) {
            if (!repository.blobs().containsKey(blob)) {
                throw missing("blob", blob);
            }
        }
        return manifest;
    }

    private static StoredManifest parsed(byte[] bytes, Digest digest, String contentType) {
        try {
            StoredManifest manifest = StoredManifest.of(digest, contentType, bytes);
            manifest.children();
            manifest.blobs();
            manifest.subject();
            return manifest;
        } catch (ReleaseException e) {
            throw invalid("manifest invalid: " + e.fact());
        }
    }

    private static Refused invalid(String message) {
        return new Refused(400, "MANIFEST_INVALID", message);
    }

    private static Refused missing(String kind, Digest digest) {
        return new Refused(400, "MANIFEST_BLOB_UNKNOWN", kind + " unknown to registry: " + digest);
    }
}

package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tells what kind of manifest a document is.
 *
 * <p>A document that could be read as an image by one tool and as an index by another is refused (CVE-2021-41190).
 */
final class ManifestType {

    private ManifestType() {}

    static String of(ObjectNode json, String contentType, Digest digest) {
        String said = json.path("mediaType").asText("");
        boolean index = json.path("manifests").isArray();
        boolean image = json.path("layers").isArray() || json.path("config").isObject();
        if (index && image) {
            throw refused(digest, "it is an index and an image at once");
        }
        if (json.path("schemaVersion").asInt() == 1) {
            throw refused(digest, "it is of Docker's schema 1, which was withdrawn in 2016");
        }
        String named = said.isEmpty() ? withoutParameters(contentType) : said;
        String mediaType = MediaTypes.isManifest(named) ? named : guessed(named, said, index, image, digest);
        if (MediaTypes.isIndex(mediaType) != index || index == image) {
            throw refused(digest, "its content does not fit its media type " + mediaType);
        }
        return mediaType;
    }

    /** Older registries answer with a general content type, and OCI's {@code mediaType} is optional. */
    private static String guessed(String named, String said, boolean index, boolean image, Digest digest) {
        if (!said.isEmpty()) {
            throw refused(digest, "its media type is " + Shown.of(named));
        }
        if (!index && !image) {
            throw refused(digest, "it has neither manifests nor layers");
        }
        return index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    }

    private static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    }

    private static ReleaseException refused(Digest digest, String reason) {
        return new ReleaseException(
                digest + " is not a manifest we can use: " + reason + ".",
                "Push it again as an OCI or Docker schema 2 image with a current tool.");
    }
}

package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tag or a digest leads to: the manifest of one image or artifact, or an index of several.
 *
 * <p>The bytes are those that came, and the only thing that is ever sent on; the rest is a view of them.
 */
public sealed interface Manifest permits ImageManifest, ImageIndex {

    /** A copy of the bytes that the digest is of. */
    byte[] bytes();

    /** One of {@link MediaTypes#MANIFESTS}. */
    String mediaType();

    Digest digest();

    /** What an artifact says it is; empty where it does not say. */
    String artifactType();

    /** What this manifest is about, where it is a referrer (OCI image-spec 1.1, "subject"). */
    Optional<Descriptor> subject();

    Map<String, String> annotations();

    /** Everything it points at except its subject: configuration and layers, or the manifests of an index. */
    List<Descriptor> children();

    /** How others point at it: without platform and annotations, which are theirs to give. */
    default Descriptor descriptor() {
        return Descriptor.of(mediaType(), digest(), bytes().length);
    }

    /** Reads a manifest of OCI or Docker type whose digest nobody has told; it gets its sha256. */
    static Manifest parse(byte[] bytes, String contentType) {
        return parse(bytes, contentType, Digest.sha256(bytes));
    }

    /**
     * Reads a manifest of OCI or Docker type.
     *
     * @param contentType what the registry calls it, or empty; the body's own {@code mediaType} goes before
     * @param digest the digest the bytes were asked for by or found to have
     * @throws ReleaseException if they have another digest
     * @throws UnreadableManifest if they are no manifest, or could be read as two kinds at once
     */
    static Manifest parse(byte[] bytes, String contentType, Digest digest) {
        if (!digest.matches(bytes)) {
            throw new ReleaseException(
                    "The manifest " + digest + " came with other bytes, which have the digest "
                            + Digest.finish(digest.algorithm(), digest.hasher().digest(bytes)) + ".",
                    "Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
        }
        try {
            ObjectNode json = Json.readFew(bytes, "The manifest " + digest, KnownNames.MANIFEST);
            String mediaType = ManifestType.of(json, contentType, digest);
            return MediaTypes.isIndex(mediaType)
                    ? ImageIndex.read(bytes, mediaType, digest, json)
                    : ImageManifest.read(bytes, mediaType, digest, json);
        } catch (ReleaseException e) {
            throw new UnreadableManifest(e, bytes, digest);
        }
    }
}

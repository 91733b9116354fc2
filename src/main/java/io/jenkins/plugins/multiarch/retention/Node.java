package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.UnreadableManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest as the graph of a repository knows it.
 *
 * @param size bytes of the manifest itself
 * @param manifests what it lists and cannot do without
 * @param blobs its configuration and layers
 * @param image whether its first blob is the configuration of an image
 * @param subject what it is about, where it is a referrer
 * @param created what its annotations say
 * @param receipt whether it is the receipt of a promotion of its subject
 * @param unreadable why it cannot be read, or empty
 */
record Node(
        Digest digest,
        String mediaType,
        long size,
        List<Digest> manifests,
        List<Part> blobs,
        boolean image,
        Optional<Digest> subject,
        Optional<Instant> created,
        boolean receipt,
        String unreadable) {

    private static final String STATEMENT = "application/vnd.in-toto";
    private static final String ABSENT = "the registry lists it and answers with 404.";

    /** A blob, with its size in bytes. */
    record Part(Digest digest, long size) {}

    Node {
        manifests = List.copyOf(manifests);
        blobs = List.copyOf(blobs);
    }

    static Node of(Manifest manifest) {
        List<Digest> manifests = new ArrayList<>();
        List<Part> blobs = new ArrayList<>();
        for (Descriptor child : manifest.children()) {
            if (manifest instanceof ImageIndex && !isBlob(child.mediaType())) {
                manifests.add(child.digest());
            } else {
                blobs.add(new Part(child.digest(), child.size()));
            }
        }
        return new Node(
                manifest.digest(),
                manifest.mediaType(),
                manifest.bytes().length,
                manifests,
                blobs,
                manifest instanceof ImageManifest image && isImage(image),
                manifest.subject().map(Descriptor::digest),
                Ages.created(manifest.annotations()),
                Ages.isReceipt(manifest),
                "");
    }

    /** An attestation of BuildKit has the form of an image, with statements for layers. */
    private static boolean isImage(ImageManifest manifest) {
        return manifest.artifactType().isEmpty()
                && (manifest.layers().isEmpty()
                        || manifest.layers().stream()
                                .anyMatch(layer -> !layer.mediaType().startsWith(STATEMENT)));
    }

    /** Whatever it mentions may be what it needs. */
    static Node of(UnreadableManifest manifest) {
        return new Node(
                manifest.digest(),
                "",
                manifest.size(),
                manifest.mentions(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                manifest.fact());
    }

    /** What a provider lists and does not hand out: anything may be in it. */
    static Node absent(Digest digest) {
        return new Node(
                digest, "", 0, List.of(), List.of(), false, Optional.empty(), Optional.empty(), false, ABSENT);
    }

    boolean isAbsent() {
        return unreadable.equals(ABSENT);
    }

    /** What it leads to. */
    Set<Digest> around() {
        Set<Digest> all = new HashSet<>(manifests);
        subject.ifPresent(all::add);
        return all;
    }

    /** An index of BuildKit's cache lists layers beside manifests. */
    private static boolean isBlob(String mediaType) {
        return mediaType.contains("layer") || mediaType.contains("rootfs.diff") || mediaType.contains("cacheconfig");
    }
}

package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.Removal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A manifest of nothing that takes a tag over, so that the tag goes when it is deleted, and nothing else does. */
final class ThrowAway {
    private static final String TYPE = "application/vnd.jenkins.multiarch.removed-tag.v1";

    private final Registry registry;

    ThrowAway(Registry registry) {
        this.registry = registry;
    }

    /**
     * Takes a tag off a manifest. Where the manifest of nothing cannot be deleted, the tag leads back to what it led to.
     *
     * @param deletion of that manifest, which no other tag leads to, ever
     */
    Removal untag(Repository repository, Tag tag, OneByOne.Deletion deletion) throws InterruptedException {
        Optional<Descriptor> before = registry.head(repository, tag);
        if (before.isEmpty()) {
            return Removal.GONE;
        }
        Manifest nothing = nothing(repository, tag);
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.put(repository, tag, nothing);
        boolean gone = false;
        try {
            Removal removal = deletion.delete(nothing.digest());
            gone = removal.reason().isEmpty();
            return removal;
        } finally {
            if (!gone) {
                putBack(repository, tag, nothing.digest(), before.get().digest());
            }
        }
    }

    private void putBack(Repository repository, Tag tag, Digest nothing, Digest before) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(repository, before);
        if (manifest.isPresent()) {
            registry.swap(repository, tag, now -> now.filter(nothing::equals).isPresent(), manifest.get());
        }
    }

    private static Manifest nothing(Repository repository, Tag tag) {
        return ImageManifest.artifact(
                TYPE,
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.empty(),
                Map.of("io.jenkins.multiarch.removed-tag", repository + ":" + tag + " " + UUID.randomUUID()));
    }
}

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

    /** Deletes the manifest of nothing. */
    @FunctionalInterface
    interface Deletion {
        Removal delete(Digest nothing) throws InterruptedException;
    }

    ThrowAway(Registry registry) {
        this.registry = registry;
    }

    /**
     * Takes a tag off a manifest. Where the manifest of nothing cannot be deleted, the tag leads back to what it led to.
     *
     * @param stays what the tag led to; where it leads to anything else by now it is kept
     * @param deletion of that manifest, which no other tag leads to, ever
     */
    Removal untag(Repository repository, Tag tag, Digest stays, Deletion deletion) throws InterruptedException {
        Optional<Digest> before = registry.head(repository, tag).map(Descriptor::digest);
        if (before.filter(stays::equals).isEmpty()) {
            return before.map(Removal::moved).orElse(Removal.GONE);
        }
        Manifest nothing = nothing(repository, tag);
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        Registry.Swap swap =
                registry.swap(repository, tag, now -> now.filter(stays::equals).isPresent(), nothing);
        if (!swap.done()) {
            return swap.found().map(Removal::moved).orElse(Removal.GONE);
        }
        boolean gone = false;
        try {
            Removal removal = deletion.delete(nothing.digest());
            gone = removal.reason().isEmpty();
            return removal;
        } finally {
            if (!gone) {
                putBack(repository, tag, nothing.digest(), stays);
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

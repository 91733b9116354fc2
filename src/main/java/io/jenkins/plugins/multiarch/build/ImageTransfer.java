package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;

/** Brings blobs and images of one platform from one repository into another. */
final class ImageTransfer {
    private final Registry registry;

    ImageTransfer(Registry registry) {
        this.registry = registry;
    }

    /** Copies an image by its digest, without a tag; false where it was there. */
    boolean image(Repository source, Digest digest, Repository target) throws InterruptedException {
        if (source.equals(target) || registry.head(target, digest).isPresent()) {
            return false;
        }
        Manifest manifest = registry.get(ImageRef.of(source, digest));
        for (Descriptor blob : ((ImageManifest) manifest).children()) {
            blob(source, blob, target);
        }
        registry.put(target, digest, manifest);
        return true;
    }

    /** Mounts a blob from a repository of the same registry, or sends it. */
    void blob(Repository source, Descriptor blob, Repository target) throws InterruptedException {
        if (source.equals(target)
                || MediaTypes.isForeign(blob.mediaType())
                || registry.hasBlob(target, blob.digest())) {
            return;
        }
        boolean mounted = source.registry().equals(target.registry()) && registry.mount(target, blob.digest(), source);
        if (!mounted) {
            registry.push(target, Blob.of(blob, () -> registry.open(source, blob)));
        }
    }
}

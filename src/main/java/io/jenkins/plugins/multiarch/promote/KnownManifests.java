package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Manifests by repository and digest, each read once: bytes behind a digest do not change. */
final class KnownManifests {
    private final Registry registry;
    private final Map<ImageRef, Manifest> known = new ConcurrentHashMap<>();

    KnownManifests(Registry registry) {
        this.registry = registry;
    }

    /** By a digest it is read once; a tag may have moved since. */
    Manifest pin(ImageRef image) throws InterruptedException {
        if (image.digest().isPresent()) {
            return get(image.repository(), image.requireDigest());
        }
        Manifest manifest = registry.get(image);
        note(image.repository(), manifest);
        return manifest;
    }

    Manifest get(Repository repository, Digest digest) throws InterruptedException {
        ImageRef image = ImageRef.of(repository, digest);
        Manifest manifest = known.get(image);
        if (manifest == null) {
            manifest = registry.get(image);
            known.put(image, manifest);
        }
        return manifest;
    }

    /** That a repository has it, or is about to get it. */
    void note(Repository repository, Manifest manifest) {
        known.put(ImageRef.of(repository, manifest.digest()), manifest);
    }
}

package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes a tag without the image that it leads to. Where a registry cannot, the tag is moved to an artifact of its own, and
 * that one is deleted by its digest; whether the registry deletes anything at all is found out first.
 */
final class TagRemoval {
    /** That a registry lets go of no tag, today or tomorrow. */
    static final class Impossible extends ReleaseException {
        private static final long serialVersionUID = 1L;

        Impossible(RegistryException refusal) {
            super(refusal.fact(), "The registry removes no tag by its API; remove it in its own way.", refusal);
        }
    }

    private static final int FORBIDDEN = 403;

    private final Registry registry;

    TagRemoval(Registry registry) {
        this.registry = registry;
    }

    /**
     * Removes it.
     *
     * @param leadsTo what the tag leads to now, which stays
     * @throws Impossible where the registry removes none, and never will
     */
    void remove(TagName name, Manifest leadsTo) throws InterruptedException {
        try {
            registry.deleteTag(name.repository(), name.tag());
            keep(name.repository(), leadsTo);
        } catch (RegistryException e) {
            if (!e.isUnsupported()) {
                throw e;
            }
            removeWith(standIn(name), name, leadsTo);
        }
    }

    /** Amazon ECR deletes an image with its last tag. */
    private void keep(Repository repository, Manifest image) throws InterruptedException {
        if (registry.head(repository, image.digest()).isEmpty()) {
            registry.put(repository, image.digest(), image);
        }
    }

    private void removeWith(Manifest standIn, TagName name, Manifest leadsTo) throws InterruptedException {
        Repository repository = name.repository();
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.put(repository, standIn.digest(), standIn);
        try {
            registry.delete(repository, standIn.digest());
        } catch (RegistryException e) {
            throw e.isUnsupported() ? new Impossible(e) : e;
        }
        registry.put(repository, name.tag(), standIn);
        try {
            registry.delete(repository, standIn.digest());
        } catch (RegistryException e) {
            registry.put(repository, name.tag(), leadsTo);
            // It was deleted a moment ago, without a tag.
            throw e.status() == FORBIDDEN || e.isUnsupported() ? new Impossible(e) : e;
        }
    }

    /** No other tag leads to it, since its own name is in it. */
    private static Manifest standIn(TagName name) {
        return ImageManifest.artifact(
                "application/vnd.jenkins.multiarch.removed-tag.v1",
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.empty(),
                Map.of("io.jenkins.multiarch.removed-tag", name.toString()));
    }
}

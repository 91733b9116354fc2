package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
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
public final class TagRemoval {
    /** That a registry lets go of no tag, today or tomorrow. */
    public static final class Impossible extends ReleaseException {
        private static final long serialVersionUID = 1L;

        Impossible(RegistryException refusal) {
            super(refusal.fact(), "The registry removes no tag by its API; remove it in its own way.", refusal);
        }
    }

    private static final int FORBIDDEN = 403;

    private final Registry registry;

    public TagRemoval(Registry registry) {
        this.registry = registry;
    }

    /**
     * Removes it.
     *
     * @param leadsTo what the tag leads to now, which stays
     * @return false where it was seen that somebody set the tag meanwhile, which stays then
     * @throws Impossible where the registry removes none, and never will
     */
    public boolean remove(TagName name, Manifest leadsTo) throws InterruptedException {
        try {
            registry.deleteTag(name.repository(), name.tag());
            keep(name.repository(), leadsTo);
            return true;
        } catch (RegistryException e) {
            if (!e.isUnsupported()) {
                throw e;
            }
            return removeWith(standIn(name), name, leadsTo);
        }
    }

    /** Amazon ECR deletes an image with its last tag. */
    private void keep(Repository repository, Manifest image) throws InterruptedException {
        if (registry.head(repository, image.digest()).isEmpty()) {
            registry.put(repository, image.digest(), image);
        }
    }

    private boolean removeWith(Manifest standIn, TagName name, Manifest leadsTo) throws InterruptedException {
        Repository repository = name.repository();
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.put(repository, standIn.digest(), standIn);
        try {
            registry.delete(repository, standIn.digest());
        } catch (RegistryException e) {
            throw e.isUnsupported() ? new Impossible(e) : e;
        }
        try {
            boolean moved = registry.swap(
                            repository,
                            name.tag(),
                            now -> now.filter(leadsTo.digest()::equals).isPresent(),
                            standIn)
                    .done();
            if (moved) {
                deleteTagged(repository, standIn);
            }
            return moved;
        } catch (ReleaseException | InterruptedException e) {
            putBack(name, leadsTo, e);
            throw e;
        }
    }

    private void deleteTagged(Repository repository, Manifest standIn) throws InterruptedException {
        try {
            registry.delete(repository, standIn.digest());
        } catch (RegistryException e) {
            // It was deleted a moment ago, without a tag.
            throw e.status() == FORBIDDEN || e.isUnsupported() ? new Impossible(e) : e;
        }
    }

    /** Nobody shall pull our artifact by that tag until it is removed one day. */
    private void putBack(TagName name, Manifest leadsTo, Exception cause) throws InterruptedException {
        try {
            Digest standIn = standIn(name).digest();
            registry.swap(
                    name.repository(), name.tag(), now -> now.isEmpty() || now.get().equals(standIn), leadsTo);
        } catch (RegistryException e) {
            e.addSuppressed(cause);
            throw halfRemoved(name, e);
        }
    }

    private static ReleaseException halfRemoved(TagName name, ReleaseException cause) {
        return new ReleaseException(
                name + " may lead to " + standIn(name).digest()
                        + ", which is ours and stands there while a tag is removed: " + cause.fact(),
                cause.cure(),
                cause);
    }

    /** Whether the removal of a tag broke off, so that it leads to the artifact of ours. */
    boolean isBegun(TagName name, Optional<Digest> leadsTo) {
        return leadsTo.filter(standIn(name).digest()::equals).isPresent();
    }

    /**
     * Removes a tag whose removal broke off, or begins anew where the registry refuses that.
     *
     * @param image what the tag led to before the removal began, which stays
     * @throws Impossible where the registry removes none, and never will; the tag then leads to the image again
     */
    void finish(TagName name, Digest image) throws InterruptedException {
        Repository repository = name.repository();
        try {
            deleteTagged(repository, standIn(name));
        } catch (Impossible e) {
            Manifest leadsTo = registry.find(repository, image).orElseThrow(() -> halfRemoved(name, e));
            putBack(name, leadsTo, e);
            remove(name, leadsTo);
        } catch (RegistryException e) {
            throw halfRemoved(name, e);
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

package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores what an index lists, the index under its digest, then its tags unless one of them has to stay where it is. */
final class IndexPublication {
    private final Registry registry;
    private final Consumer<String> log;
    private final IndexRequest request;
    private final Optional<GrowingImage> growing;
    private final IndexPlan plan;
    private final Repository repository;
    private final Digest digest;

    /** @param growing what the index grew from, where it is not new */
    IndexPublication(
            Registry registry,
            Consumer<String> log,
            IndexRequest request,
            Optional<GrowingImage> growing,
            IndexPlan plan) {
        this.registry = registry;
        this.log = log;
        this.request = request;
        this.growing = growing;
        this.plan = plan;
        this.repository = request.repository();
        this.digest = plan.index().digest();
    }

    /**
     * Looks at the tags that may have to stay where they are, and writes nothing.
     *
     * @throws ReleaseException if one has to
     */
    void refuseToMoveTags() throws InterruptedException {
        for (Tag tag : request.tags()) {
            if (request.immutableTags() || grownFrom(tag).isPresent()) {
                refuseToMove(tag, stands(tag));
            }
        }
    }

    private void refuseToMove(Tag tag, Optional<Digest> stands) {
        if (stands.filter(digest::equals).isPresent()) {
            return;
        }
        if (request.immutableTags() && stands.isPresent()) {
            throw new ReleaseException(
                    "Tag " + tag + " of " + repository + " is not moved: it stands on " + stands.get()
                            + " already, and the index is " + digest + ".",
                    "Choose a tag that is not there yet; to move this one on purpose, promote the image to it.");
        }
        Optional<GrowingImage> read = grownFrom(tag);
        if (read.isPresent() && !stands.equals(read.map(GrowingImage::digest))) {
            throw new ReleaseException(
                    "Tag " + tag + " of " + repository + " is not moved: it stood on "
                            + read.get().digest() + " when platforms were added to that, and leads to "
                            + stands.map(Digest::toString).orElse("nothing") + " now.",
                    "Somebody else published to it meanwhile; run this again, to add to what is there now.");
        }
    }

    /** The image that grows, where this tag led to it. */
    private Optional<GrowingImage> grownFrom(Tag tag) {
        return growing.filter(image -> image.isFoundBy(repository, tag));
    }

    /** Copies what lies in other repositories, then stores the index under its digest. */
    void push() throws InterruptedException {
        if (growing.isPresent()) {
            copy(growing.get());
        }
        for (IndexedImage image : plan.images()) {
            copy(image);
        }
        String platforms =
                Platform.list(plan.images().stream().map(IndexedImage::platform).toList());
        if (stands(digest).isPresent()) {
            log.accept("The index " + digest + " of " + platforms + " stood in " + repository + " already.");
            return;
        }
        put(digest);
        log.accept("Pushed the index " + digest + " of " + platforms + " to " + repository + ".");
    }

    /** Everything it lists, also what is neither an image nor an attestation of one. */
    private void copy(GrowingImage from) throws InterruptedException {
        for (Descriptor child : from.index().manifests()) {
            if (isCopied(from.repository(), child.digest())) {
                log.accept("Copied " + child.digest() + " of " + from.named() + " to " + repository + ".");
            }
        }
    }

    private void copy(IndexedImage image) throws InterruptedException {
        Repository source = image.source().orElse(repository);
        if (isCopied(source, image.digest())) {
            log.accept("Copied " + image.platform() + " from " + source + "@" + image.digest() + " to " + repository
                    + ".");
        }
        for (Descriptor attestation : image.attestations()) {
            if (isCopied(source, attestation.digest())) {
                log.accept("Copied the attestation " + attestation.digest() + " of " + image.platform() + " to "
                        + repository + ".");
            }
        }
    }

    /** Copies a manifest and what it points at, unless it is there. */
    private boolean isCopied(Repository source, Digest manifest) throws InterruptedException {
        if (source.equals(repository) || stands(manifest).isPresent()) {
            return false;
        }
        new ImageCopy(registry, line -> {}).copy(source, manifest, repository, List.of(), CopyScope.IMAGE);
        return true;
    }

    /** Each tag is looked at once more before it is moved: somebody may have set it meanwhile. */
    void moveTags() throws InterruptedException {
        for (Tag tag : request.tags()) {
            move(tag);
        }
    }

    private void move(Tag tag) throws InterruptedException {
        Optional<Digest> previous = stands(tag);
        if (previous.filter(digest::equals).isPresent()) {
            log.accept("Tag " + tag + " stood on " + digest + " already.");
            return;
        }
        refuseToMove(tag, previous);
        put(tag);
        log.accept(previous.map(from -> "Moved tag " + tag + " from " + from).orElse("Put tag " + tag)
                + (previous.isPresent() ? " to " : " on ") + digest + ".");
    }

    private Optional<Digest> stands(Reference reference) throws InterruptedException {
        return registry.head(repository, reference).map(Descriptor::digest);
    }

    private void put(Reference reference) throws InterruptedException {
        registry.put(repository, reference, plan.index());
        Optional<Digest> stands = stands(reference);
        if (stands.filter(digest::equals).isEmpty()) {
            throw new ReleaseException(
                    repository + " took the index " + digest + " as " + reference
                            + ", but when read back that leads to "
                            + stands.map(Digest::toString).orElse("nothing") + ".",
                    "See whether somebody else publishes to it at the same time, then run this again.");
        }
    }

    PublishedImage published() {
        return new PublishedImage(
                ImageRef.of(repository, digest),
                request.tags(),
                plan.images().stream().map(IndexedImage::published).toList());
    }
}

package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes one image for several platforms of the images that their builds pushed by digest ({@code publishIndex}).
 *
 * <p>Nothing is written before everything is checked; then the images, then the index by its digest, then each tag once,
 * so that no tag ever leads to an index that is not whole. What stands already is left alone. The same images, annotations
 * and expected platforms give the same index: images in the order of the expected platforms, or else of their platforms'
 * names, and behind all of them the attestations, as the first entry that fits is the one that runs (OCI image-spec 1.1,
 * "Image Index").
 */
public final class IndexAssembly {
    private final Registry registry;
    private final Consumer<String> log;

    public IndexAssembly(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * Checks, copies what lies in other repositories, and publishes.
     *
     * @throws ReleaseException if a platform is missing, there twice, or another than was asked for, or if a tag has to stay
     *     where it is: an immutable one, or one that somebody else moved while platforms were added to it
     */
    public PublishedImage publish(IndexRequest request) throws IOException, InterruptedException {
        Optional<GrowingImage> growing = Optional.empty();
        if (request.append().isPresent()) {
            growing = Optional.of(GrowingImage.read(registry, request.append().get()));
        }
        IndexPlan plan = plan(request, growing, found(request));
        IndexPublication publication = new IndexPublication(registry, log, request, growing, plan);
        publication.refuseToMoveTags();
        if (growing.isPresent()) {
            copy(growing.get(), request.repository());
        }
        for (IndexedImage image : plan.images()) {
            copy(image, request.repository());
        }
        publication.push();
        publication.moveTags();
        return new PublishedImage(
                ImageRef.of(request.repository(), plan.index().digest()),
                request.tags(),
                plan.images().stream().map(IndexedImage::published).toList());
    }

    private static IndexPlan plan(IndexRequest request, Optional<GrowingImage> growing, List<IndexedImage> found) {
        String name = request.repository().toString();
        return growing.map(
                        image -> IndexPlan.of(image, found, name, request.expectedPlatforms(), request.annotations()))
                .orElseGet(() -> IndexPlan.of(found, name, request.expectedPlatforms(), request.annotations()));
    }

    private List<IndexedImage> found(IndexRequest request) throws IOException, InterruptedException {
        IndexedImages finder = new IndexedImages(registry);
        List<IndexedImage> found = new ArrayList<>();
        for (ChildImage child : request.images()) {
            for (IndexedImage image : finder.of(child)) {
                found.add(image);
            }
        }
        return found;
    }

    /** Everything it lists, also what is neither an image nor an attestation of one. */
    private void copy(GrowingImage growing, Repository target) throws InterruptedException {
        for (Descriptor child : growing.index().manifests()) {
            if (isCopied(growing.repository(), child.digest(), target)) {
                log.accept("Copied " + child.digest() + " of " + growing.named() + " to " + target + ".");
            }
        }
    }

    private void copy(IndexedImage image, Repository target) throws InterruptedException {
        Repository source = image.source().orElse(target);
        if (isCopied(source, image.digest(), target)) {
            log.accept("Copied " + image.platform() + " from " + source + "@" + image.digest() + " to " + target + ".");
        }
        for (Descriptor attestation : image.attestations()) {
            if (isCopied(source, attestation.digest(), target)) {
                log.accept("Copied the attestation " + attestation.digest() + " of " + image.platform() + " to "
                        + target + ".");
            }
        }
    }

    /** Copies a manifest and what it points at, unless it is there. */
    private boolean isCopied(Repository source, Digest digest, Repository target) throws InterruptedException {
        if (source.equals(target) || registry.head(target, digest).isPresent()) {
            return false;
        }
        new ImageCopy(registry, line -> {}).copy(source, digest, target, List.of(), CopyScope.IMAGE);
        return true;
    }
}

package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
     * @throws ReleaseException if a platform is missing, there twice, or another than was asked for
     */
    public PublishedImage publish(IndexRequest request) throws IOException, InterruptedException {
        Repository repository = request.repository();
        IndexPlan plan =
                IndexPlan.of(found(request), repository.toString(), request.expectedPlatforms(), request.annotations());
        List<IndexedImage> images = plan.images();
        ImageIndex index = plan.index();
        for (IndexedImage image : images) {
            copy(image, repository);
        }
        pushIndex(repository, index, images);
        for (Tag tag : request.tags()) {
            move(repository, tag, index);
        }
        return new PublishedImage(
                ImageRef.of(repository, index.digest()),
                request.tags(),
                images.stream().map(IndexedImage::published).toList());
    }

    /**
     * The index that publishing these images will make, found without any registry: for builds that publish nothing, and
     * for archives.
     *
     * @param name what the index would be published as, for refusals
     * @param children the images as an index lists them, each with the platform its configuration says, and BuildKit's
     *     attestations of them
     * @param expected as in an {@link IndexRequest}
     * @param annotations as in an {@link IndexRequest}
     * @throws ReleaseException if a platform is missing, there twice, or not expected
     */
    public static ImageIndex foresee(
            String name, List<Descriptor> children, List<Platform> expected, Map<String, String> annotations) {
        return IndexPlan.of(IndexedImage.listed(children), name, expected, annotations)
                .index();
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

    private void pushIndex(Repository repository, ImageIndex index, List<IndexedImage> images)
            throws InterruptedException {
        String platforms =
                Platform.list(images.stream().map(IndexedImage::platform).toList());
        if (registry.head(repository, index.digest()).isPresent()) {
            log.accept("The index " + index.digest() + " of " + platforms + " stood in " + repository + " already.");
            return;
        }
        registry.put(repository, index.digest(), index);
        confirm(repository, index.digest().toString(), registry.head(repository, index.digest()), index.digest());
        log.accept("Pushed the index " + index.digest() + " of " + platforms + " to " + repository + ".");
    }

    private void move(Repository repository, Tag tag, ImageIndex index) throws InterruptedException {
        Optional<Digest> previous = registry.head(repository, tag).map(Descriptor::digest);
        if (previous.filter(index.digest()::equals).isPresent()) {
            log.accept("Tag " + tag + " stood on " + index.digest() + " already.");
            return;
        }
        registry.put(repository, tag, index);
        confirm(repository, tag.name(), registry.head(repository, tag), index.digest());
        log.accept(previous.map(from -> "Moved tag " + tag + " from " + from).orElse("Put tag " + tag)
                + (previous.isPresent() ? " to " : " on ") + index.digest() + ".");
    }

    private static void confirm(Repository repository, String name, Optional<Descriptor> stands, Digest wanted) {
        if (stands.map(Descriptor::digest).filter(wanted::equals).isEmpty()) {
            throw new ReleaseException(
                    repository + " took the index " + wanted + " as " + name + ", but when read back that leads to "
                            + stands.map(d -> d.digest().toString()).orElse("nothing") + ".",
                    "See whether somebody else publishes to it at the same time, then run this again.");
        }
    }
}

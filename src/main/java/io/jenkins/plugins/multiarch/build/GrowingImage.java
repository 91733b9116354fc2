package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A published image that platforms are added to, as it was when it was read.
 *
 * @param named as the request names it
 * @param digest what that led to
 * @param index that digest's; of an image for one platform, an index that lists it alone
 */
record GrowingImage(ImageRef named, Digest digest, ImageIndex index, List<IndexedImage> images) {

    static GrowingImage read(Registry registry, ImageRef named) throws IOException, InterruptedException {
        Manifest manifest = registry.get(named);
        List<IndexedImage> images = new IndexedImages(registry).in(named, manifest);
        ImageIndex index = manifest instanceof ImageIndex listing
                ? listing
                : ImageIndex.of(images.stream().map(IndexedImage::image).toList(), Map.of());
        return new GrowingImage(named, manifest.digest(), index, images);
    }

    Repository repository() {
        return named.repository();
    }

    /** Whether it was found by this tag, so that the tag's moving on means that it grew meanwhile. */
    boolean isFoundBy(Repository target, Tag tag) {
        return repository().equals(target) && named.reference().equals(tag);
    }

    /**
     * Those of these images that it lacks.
     *
     * @throws ReleaseException if one is another image for a platform that it has
     */
    List<IndexedImage> lacking(List<IndexedImage> found) {
        List<IndexedImage> lacking =
                found.stream().filter(image -> !has(image.digest())).toList();
        lacking.forEach(this::refuseToReplace);
        return lacking;
    }

    private boolean has(Digest image) {
        return images.stream().map(IndexedImage::digest).anyMatch(image::equals);
    }

    private void refuseToReplace(IndexedImage image) {
        Optional<IndexedImage> there = images.stream()
                .filter(one -> one.platform().equals(image.platform()))
                .findFirst();
        if (there.isPresent()) {
            throw new ReleaseException(
                    named + " has " + image.platform() + " already: it is "
                            + there.get().digest() + ", and " + image.place() + " was given.",
                    "Nothing is replaced by appending; publish the images of all platforms without append.");
        }
    }
}

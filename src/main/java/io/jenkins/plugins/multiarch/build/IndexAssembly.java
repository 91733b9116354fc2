package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
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
        return publishAll(List.of(request)).get(0);
    }

    /**
     * Publishes several images as {@link #publish} does one. No tag of any of them is set before the indexes of all stand and
     * every tag was found free to be set, so that a refusal leaves no tag of one image beside none of another.
     */
    public List<PublishedImage> publishAll(List<IndexRequest> requests) throws IOException, InterruptedException {
        List<IndexPublication> publications = new ArrayList<>();
        for (IndexRequest request : requests) {
            publications.add(publication(request));
        }
        refuseToMoveTags(publications);
        for (IndexPublication publication : publications) {
            publication.push();
        }
        refuseToMoveTags(publications);
        for (IndexPublication publication : publications) {
            publication.moveTags();
        }
        return publications.stream().map(IndexPublication::published).toList();
    }

    private static void refuseToMoveTags(List<IndexPublication> publications) throws InterruptedException {
        for (IndexPublication publication : publications) {
            publication.refuseToMoveTags();
        }
    }

    private IndexPublication publication(IndexRequest request) throws IOException, InterruptedException {
        Optional<GrowingImage> growing = Optional.empty();
        if (request.append().isPresent()) {
            growing = Optional.of(GrowingImage.read(registry, request.append().get()));
        }
        return new IndexPublication(registry, log, request, growing, plan(request, growing, found(request)));
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
}

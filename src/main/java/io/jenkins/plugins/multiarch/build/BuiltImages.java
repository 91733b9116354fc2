package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The images of one build, with their layers in memory or in temporary files until this is closed. */
public final class BuiltImages implements Closeable {
    private final List<BuiltImage> images;
    private final Registry registry;
    private final Consumer<String> log;
    private final Closeable temporary;

    BuiltImages(List<BuiltImage> images, Registry registry, Consumer<String> log, Closeable temporary) {
        this.images = List.copyOf(images);
        this.registry = registry;
        this.log = log;
        this.temporary = temporary;
    }

    /** In the order of the platforms asked for. */
    public List<BuiltImage> images() {
        return images;
    }

    /**
     * Pushes the images by their digests, all parts of all of them side by side; layers of a base on the same registry are
     * mounted. What stands already is left alone.
     *
     * @return what {@link IndexAssembly} makes an index of
     */
    public List<ChildImage> push(Repository target) throws InterruptedException {
        new BuiltImagesPush(registry, target, log).push(images);
        return images.stream()
                .map(image -> new ChildImage(Optional.of(image.platform()), ImageRef.of(target, image.digest())))
                .toList();
    }

    /**
     * What a name or tag leads to: the image itself where there is one and no platforms are expected, else the index that
     * {@link IndexAssembly} makes of the images once they are pushed.
     *
     * @param name what it will be published as, for refusals
     * @param expected the platforms that have to be there, no more and no fewer, in the index's order; those that were
     *     built where none are named
     * @param annotations as an {@link IndexRequest} takes them
     * @throws ReleaseException if a platform is missing or not expected, or annotations are for an index that is not made
     */
    public Manifest root(String name, List<Platform> expected, Map<String, String> annotations) {
        if (images.size() > 1 || !expected.isEmpty()) {
            List<IndexedImage> found = images.stream().map(BuiltImages::indexed).toList();
            List<Platform> order = expected.isEmpty()
                    ? images.stream().map(BuiltImage::platform).toList()
                    : expected;
            return IndexPlan.of(found, name, order, annotations).index();
        }
        if (!annotations.isEmpty()) {
            throw new ReleaseException(
                    "An annotation of an index was given, and of one platform no index is made.",
                    "Leave it out, or name the expected platforms to have an index.");
        }
        return images.get(0).manifest();
    }

    private static IndexedImage indexed(BuiltImage image) {
        Platform platform = image.config().platform();
        return new IndexedImage(
                Optional.empty(), platform, image.manifest().descriptor().withPlatform(platform), List.of());
    }

    /**
     * Writes the images into a layout under one name.
     *
     * @param root what the name leads to, as {@link #root} gives it
     * @return its descriptor
     */
    public Descriptor write(OciLayoutWriter layout, Manifest root, String name)
            throws IOException, InterruptedException {
        for (BuiltImage image : images) {
            for (BuiltLayer layer : image.layers()) {
                write(layer, layout);
            }
            layout.blob(
                    image.manifest().config(),
                    new ByteArrayInputStream(image.config().bytes()));
            layout.manifest(image.manifest());
        }
        Descriptor descriptor = root.descriptor();
        if (root instanceof ImageIndex) {
            layout.manifest(root);
        } else {
            descriptor = descriptor.withPlatform(images.get(0).platform());
        }
        layout.image(descriptor, name);
        return descriptor;
    }

    private static void write(BuiltLayer layer, OciLayoutWriter layout) throws IOException, InterruptedException {
        Descriptor descriptor = layer.descriptor();
        if (layout.has(descriptor.digest()) || MediaTypes.isForeign(descriptor.mediaType())) {
            return;
        }
        try (InputStream content = layer.content().open()) {
            layout.blob(descriptor, content);
        }
    }

    /** Deletes the temporary files. */
    @Override
    public void close() throws IOException {
        temporary.close();
    }
}

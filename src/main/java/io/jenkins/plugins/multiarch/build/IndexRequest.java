package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which images shall be one, and where.
 *
 * @param images those of the platforms, in this or another repository
 * @param append the image that they are added to, which keeps all it has; none makes an index of the images alone
 * @param tags what shall lead to the index; none leaves it to its digest
 * @param immutableTags whether a tag that leads to another digest already is refused, and all with it, instead of moved
 * @param expectedPlatforms those that have to be there, no more and no fewer, in the index's order; none takes what comes
 * @param annotations of the index itself, or with {@code manifest-descriptor:} before the key of what it says about each
 *     image, as {@code docker buildx imagetools create --annotation} takes them; {@code index:} may be said too
 */
public record IndexRequest(
        Repository repository,
        List<ChildImage> images,
        Optional<ImageRef> append,
        List<Tag> tags,
        boolean immutableTags,
        List<Platform> expectedPlatforms,
        Map<String, String> annotations) {

    public IndexRequest {
        images = List.copyOf(images);
        tags = tags.stream().distinct().toList();
        expectedPlatforms = expectedPlatforms.stream().distinct().toList();
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        refuseOfManifests(annotations);
        if (images.isEmpty()) {
            throw new ReleaseException(
                    "No image was given for the index of " + repository + ".",
                    "Give the images that the platforms' builds pushed, as in linux/amd64=" + repository
                            + "@sha256:….");
        }
    }

    /** A new index, with tags that move. */
    public IndexRequest(
            Repository repository,
            List<ChildImage> images,
            List<Tag> tags,
            List<Platform> expectedPlatforms,
            Map<String, String> annotations) {
        this(repository, images, Optional.empty(), tags, false, expectedPlatforms, annotations);
    }

    public IndexRequest withAppend(Optional<ImageRef> image) {
        return new IndexRequest(repository, images, image, tags, immutableTags, expectedPlatforms, annotations);
    }

    public IndexRequest withImmutableTags(boolean immutable) {
        return new IndexRequest(repository, images, append, tags, immutable, expectedPlatforms, annotations);
    }

    private static void refuseOfManifests(Map<String, String> written) {
        List<Annotation> annotations = Annotation.parseAll(written, Annotation.Level.INDEX);
        if (!Annotation.on(Annotation.Level.MANIFEST, annotations).isEmpty()) {
            throw new ReleaseException(
                    "An annotation of 'manifest:' was given for images that are built already.",
                    "Give it where they are built, or write manifest-descriptor: for what the index says about them.");
        }
    }
}

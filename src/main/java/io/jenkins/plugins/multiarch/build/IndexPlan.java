package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index to be made of images. What is pushed, written to files and foreseen is all made here, so that it has one
 * digest.
 *
 * @param images in the index's order
 */
record IndexPlan(List<IndexedImage> images, ImageIndex index) {

    /**
     * @param name what the index would be published as, for refusals
     * @param expected the platforms that have to be there, no more and no fewer, in the index's order; none takes what
     *     comes
     * @param annotations with or without a level, which is the index itself where it is not said
     * @throws ReleaseException if a platform is missing, there twice, or not expected
     */
    static IndexPlan of(
            List<IndexedImage> found, String name, List<Platform> expected, Map<String, String> annotations) {
        refuseTwice(found);
        refuseUnlessExpected(found.stream().map(IndexedImage::platform).toList(), name, expected);
        List<IndexedImage> images = ordered(found, expected);
        List<Annotation> parsed = Annotation.parseAll(annotations, Annotation.Level.INDEX);
        return new IndexPlan(images, index(images, parsed));
    }

    /**
     * The index of an image that grows. What it lists keeps its place and its bytes; annotations of images are put on what
     * is new alone.
     *
     * @param growing the image as it was
     * @param expected the platforms that have to be there in the end; the order is that of what is new
     * @throws ReleaseException if a platform is missing, there twice, or not expected
     */
    static IndexPlan of(
            GrowingImage growing,
            List<IndexedImage> found,
            String name,
            List<Platform> expected,
            Map<String, String> annotations) {
        refuseTwice(found);
        List<IndexedImage> added = ordered(growing.lacking(found), expected);
        List<IndexedImage> images = new ArrayList<>(growing.images());
        images.addAll(added);
        refuseUnlessExpected(images.stream().map(IndexedImage::platform).toList(), name, expected);
        List<Annotation> parsed = Annotation.parseAll(annotations, Annotation.Level.INDEX);
        ImageIndex index = growing.index()
                .with(described(added, parsed), attestations(added), Annotation.on(Annotation.Level.INDEX, parsed));
        return new IndexPlan(List.copyOf(images), index);
    }

    private static void refuseTwice(List<IndexedImage> found) {
        Map<Platform, IndexedImage> seen = new TreeMap<>();
        for (IndexedImage image : found) {
            IndexedImage other = seen.put(image.platform(), image);
            if (other != null) {
                throw new ReleaseException(
                        image.platform() + " is there twice: " + other.place() + " and " + image.place() + ".",
                        "Give one image for each platform.");
            }
        }
    }

    private static void refuseUnlessExpected(List<Platform> found, String name, List<Platform> expected) {
        if (expected.isEmpty()) {
            return;
        }
        List<Platform> missing = expected.stream()
                .filter(platform -> found.stream().noneMatch(p -> p.satisfies(platform)))
                .toList();
        if (!missing.isEmpty()) {
            throw new ReleaseException(
                    "The index of " + name + " was not published: " + Platform.list(missing) + " is missing; there is "
                            + Platform.list(found) + ".",
                    "Build what is missing, or take it from the expected platforms.");
        }
        List<Platform> unexpected = found.stream()
                .filter(platform -> expected.stream().noneMatch(platform::satisfies))
                .toList();
        if (!unexpected.isEmpty()) {
            throw new ReleaseException(
                    "The index of " + name + " was not published: " + Platform.list(unexpected)
                            + " is not expected; expected is " + Platform.list(expected) + ".",
                    "Leave its image out, or add it to the expected platforms.");
        }
    }

    private static List<IndexedImage> ordered(List<IndexedImage> images, List<Platform> expected) {
        Comparator<IndexedImage> byText = Comparator.comparing(IndexedImage::platform);
        return images.stream()
                .sorted(Comparator.comparing((IndexedImage image) -> rank(image, expected))
                        .thenComparing(byText))
                .toList();
    }

    private static int rank(IndexedImage image, List<Platform> expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (image.platform().satisfies(expected.get(i))) {
                return i;
            }
        }
        return expected.size();
    }

    private static ImageIndex index(List<IndexedImage> images, List<Annotation> annotations) {
        List<Descriptor> children = new ArrayList<>(described(images, annotations));
        children.addAll(attestations(images));
        return ImageIndex.of(children, Annotation.on(Annotation.Level.INDEX, annotations));
    }

    private static List<Descriptor> described(List<IndexedImage> images, List<Annotation> annotations) {
        Map<String, String> described = Annotation.on(Annotation.Level.DESCRIPTOR, annotations);
        List<Descriptor> children = new ArrayList<>();
        for (IndexedImage image : images) {
            Map<String, String> merged = new LinkedHashMap<>(image.image().annotations());
            merged.putAll(described);
            children.add(image.image().withAnnotations(merged));
        }
        return children;
    }

    private static List<Descriptor> attestations(List<IndexedImage> images) {
        return images.stream().flatMap(image -> image.attestations().stream()).toList();
    }
}

package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The index that {@link IndexAssembly} makes of images once they are in a registry, byte for byte, before they are. */
public final class ForeseenIndex {

    private ForeseenIndex() {}

    /**
     * An image of the index.
     *
     * @param image its descriptor
     * @param attestations the descriptors of BuildKit's attestations of it
     */
    public record Entry(Platform platform, Descriptor image, List<Descriptor> attestations) {
        public Entry {
            attestations = List.copyOf(attestations);
        }

        private IndexedImage indexed() {
            return new IndexedImage(Optional.empty(), platform, image.withPlatform(platform), attestations);
        }
    }

    /**
     * Makes the index.
     *
     * @param name what it would be published as, for refusals
     * @param expected the platforms that have to be there, no more and no fewer, in the index's order; none takes what comes
     * @param annotations as an {@link IndexRequest} takes them
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if a platform is missing, there twice, or not expected
     */
    public static ImageIndex of(
            String name, List<Entry> images, List<Platform> expected, Map<String, String> annotations) {
        return IndexPlan.of(images.stream().map(Entry::indexed).toList(), name, expected, annotations)
                .index();
    }
}

package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tags of a release, all of them set at once. */
final class Promotions {
    private static final int IMAGES = 14;
    private static final List<Tag> TAGS =
            Stream.of("1.4.2", "1.4", "stable").map(Tag::new).toList();
    private static final Tag CANDIDATE = new Tag("candidate");
    private static final int WARM_UP = 20;

    private final Path folder;
    private final Peers peers = new Peers();
    private final Registry registry = HttpRegistry.builder().build();
    private final Repository run =
            new Repository(RealTools.registry("registry"), "bench-promotions-" + System.nanoTime());

    Promotions(Path folder) {
        this.folder = folder;
    }

    List<Comparison> comparisons() {
        return List.of(new Comparison(
                        "promotion of 14 images of two platforms, 3 tags each",
                        "skopeo copy --all, 42 times",
                        0.2,
                        this::push,
                        n -> promote(images("ours-" + n)),
                        n -> copy(images("theirs-" + n)))
                .warmedUp(WARM_UP));
    }

    private List<ImageRef> images(String set) {
        return IntStream.range(0, IMAGES)
                .mapToObj(i ->
                        ImageRef.of(new Repository(run.registry(), run.path() + "/" + set + "/image-" + i), CANDIDATE))
                .toList();
    }

    private void push(int number) throws Exception {
        for (String set : List.of("ours-", "theirs-")) {
            Blob layer = new Material(folder).blob(1, (set + number).hashCode());
            for (ImageRef image : images(set + number)) {
                Material.twoPlatforms(registry, image, List.of(layer));
            }
        }
    }

    private void promote(List<ImageRef> images) throws Exception {
        new Promotion(registry, line -> {}).promote(new PromotionRequest(images, TAGS, List.of()));
    }

    private void copy(List<ImageRef> images) throws Exception {
        for (ImageRef image : images) {
            for (Tag tag : TAGS) {
                peers.skopeoCopy("docker://" + image, "docker://" + image.repository() + ":" + tag);
            }
        }
    }
}

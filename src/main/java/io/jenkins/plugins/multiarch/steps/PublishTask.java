package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes each image of its platforms: all indexes by their digests first, then all tags, so that a refusal leaves no tag of
 * one variant beside none of another. Returns the digests by variant.
 */
record PublishTask(String order, ArrayList<String> built) implements RegistryTask<HashMap<String, String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        PublishOrder ordered = PublishOrder.parse(order);
        return ordered.images().stream()
                .map(image -> repository(image).registry())
                .distinct()
                .toList();
    }

    @Override
    public HashMap<String, String> run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        PublishOrder ordered = PublishOrder.parse(order);
        List<BuiltCell> cells = built.stream().map(BuiltCell::parse).toList();
        HashMap<String, String> digests = new HashMap<>();
        for (OrderedImage image : ordered.images()) {
            List<BuiltCell> own = image.of(cells);
            refuseUnlessBuilt(image, own);
            List<Tag> tags = ordered.images().size() == 1 ? image.tags() : List.of();
            digests.put(
                    image.variant(),
                    ordered.published() ? publish(image, own, tags, registry, log) : foreseen(image, own, log));
        }
        if (ordered.published() && ordered.images().size() > 1) {
            tag(ordered.images(), cells, registry, log);
        }
        return digests;
    }

    private static void tag(List<OrderedImage> images, List<BuiltCell> cells, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        for (OrderedImage image : images) {
            if (!image.tags().isEmpty()) {
                publish(image, image.of(cells), image.tags(), registry, log);
            }
        }
    }

    private static void refuseUnlessBuilt(OrderedImage image, List<BuiltCell> cells) {
        if (cells.isEmpty()) {
            throw new ReleaseException(
                    "No platform of " + image.repository() + " was built.",
                    "Bring an agent online that builds one of them.");
        }
    }

    private static String publish(
            OrderedImage image, List<BuiltCell> cells, List<Tag> tags, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        Repository repository = repository(image);
        IndexRequest request = new IndexRequest(
                        repository,
                        cells.stream().map(cell -> child(repository, cell)).toList(),
                        tags,
                        image.wanted(cells),
                        image.annotations())
                .withImmutableTags(true);
        return new IndexAssembly(registry, log).publish(request).digest().toString();
    }

    private static String foreseen(OrderedImage image, List<BuiltCell> cells, Consumer<String> log) {
        String digest = ForeseenIndex.of(
                        image.repository(),
                        cells.stream()
                                .map(cell -> cell.found().entry(cell.platform()))
                                .toList(),
                        image.wanted(cells),
                        image.annotations())
                .digest()
                .toString();
        log.accept("Published nothing; the index would be " + image.repository() + "@" + digest + ".");
        return digest;
    }

    private static Repository repository(OrderedImage image) {
        return ImageRef.parse(image.repository()).repository();
    }

    private static ChildImage child(Repository repository, BuiltCell cell) {
        return new ChildImage(
                Optional.of(cell.platform()),
                ImageRef.of(repository, cell.found().root()));
    }
}

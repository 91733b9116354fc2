package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
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
        ordered.images().forEach(image -> refuseUnlessBuilt(image, image.of(cells)));
        return ordered.published()
                ? published(ordered.images(), cells, new IndexAssembly(registry, log))
                : foreseen(ordered.images(), cells, log);
    }

    private static void refuseUnlessBuilt(OrderedImage image, List<BuiltCell> cells) {
        if (cells.isEmpty()) {
            throw new ReleaseException(
                    "No platform of " + image.repository() + " was built.",
                    "Bring an agent online that builds one of them.");
        }
    }

    private static HashMap<String, String> published(
            List<OrderedImage> images, List<BuiltCell> cells, IndexAssembly assembly)
            throws IOException, InterruptedException {
        List<PublishedImage> published = assembly.publishAll(
                images.stream().map(image -> request(image, image.of(cells))).toList());
        HashMap<String, String> digests = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            digests.put(images.get(i).variant(), published.get(i).digest().toString());
        }
        return digests;
    }

    private static IndexRequest request(OrderedImage image, List<BuiltCell> cells) {
        Repository repository = repository(image);
        return new IndexRequest(
                        repository,
                        cells.stream().map(cell -> child(repository, cell)).toList(),
                        image.tags(),
                        image.wanted(cells),
                        image.annotations())
                .withImmutableTags(true);
    }

    private static HashMap<String, String> foreseen(
            List<OrderedImage> images, List<BuiltCell> cells, Consumer<String> log) {
        HashMap<String, String> digests = new HashMap<>();
        images.forEach(image -> digests.put(image.variant(), foreseen(image, image.of(cells), log)));
        return digests;
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

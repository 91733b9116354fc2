package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives every manifest that tags lead to and that has none itself a tag of its own, {@code sha256-….kept}: the children of
 * indexes, and referrers. docker-registry 2 deletes what has no tag in {@code garbage-collect -m}, also where a tagged index
 * lists it. An anchor keeps nothing from pruning, and goes with its manifest.
 */
public final class Anchors {
    private static final int TAG_DIGITS = 64;

    private final Registry registry;
    private final Consumer<String> log;

    /** @param log gets a line for each repository */
    public Anchors(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    public void tag(List<Repository> repositories) throws InterruptedException {
        for (Repository repository : repositories) {
            GraphReader reader = new GraphReader(registry, repository);
            Graph graph = reader.read(Optional.empty(), List.of());
            if (registry.hasReferrersApi(repository)) {
                graph = reader.withReferrersOf(graph.nodes().keySet()).orElse(graph);
            }
            Graph all = graph;
            List<Digest> untagged = graph.nodes().values().stream()
                    .filter(node -> node.unreadable().isEmpty())
                    .map(Node::digest)
                    .filter(digest -> all.tagsOf(digest).isEmpty())
                    .sorted()
                    .toList();
            try (WorkPool pool = new WorkPool()) {
                pool.each(untagged, digest -> anchor(repository, digest));
            }
            graph.nodes().values().stream()
                    .filter(node -> !node.unreadable().isEmpty()
                            && all.tagsOf(node.digest()).isEmpty())
                    .map(node -> repository + "@" + node.digest() + " was given no tag, for it cannot be read: "
                            + node.unreadable())
                    .sorted()
                    .forEach(log);
            log.accept(
                    "Gave " + untagged.size() + " manifests of " + repository + " that had no tag one of their own.");
        }
    }

    private void anchor(Repository repository, Digest digest) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(repository, digest);
        if (manifest.isPresent()) {
            registry.put(repository, of(digest), manifest.get());
        }
    }

    static Tag of(Digest digest) {
        return new Tag(digest.algorithm() + "-" + digest.hex().substring(0, TAG_DIGITS) + ".kept");
    }
}

package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.UnreadableManifest;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Reads manifests of a repository, each once and a few at a time. */
final class ManifestReader {
    /** Manifests of one repository; more are refused. */
    private static final int MAX_MANIFESTS = 500_000;

    private final Registry registry;
    private final Repository repository;
    private final Map<Digest, Node> nodes = new ConcurrentHashMap<>();
    /** Asked for already, there or not. */
    private final Set<Digest> seen = new HashSet<>();
    /** What an index lists as another index. */
    private final Set<Digest> indexes = ConcurrentHashMap.newKeySet();

    ManifestReader(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** What was read until now. */
    Map<Digest, Node> nodes() {
        return nodes;
    }

    /** Reads these and whatever they lead to. */
    void readAll(Collection<Digest> digests) throws InterruptedException {
        seen.addAll(nodes.keySet());
        Set<Digest> next = new TreeSet<>(digests);
        try (WorkPool pool = new WorkPool()) {
            next.removeIf(digest -> !seen.add(digest));
            while (!next.isEmpty()) {
                if (seen.size() > MAX_MANIFESTS) {
                    throw new ReleaseException(
                            repository + " has more than " + MAX_MANIFESTS + " manifests.",
                            "Ask whoever runs the registry to delete them by its own means.");
                }
                pool.each(next, this::find);
                Set<Digest> further = new TreeSet<>();
                next.stream().map(nodes::get).filter(Objects::nonNull).forEach(node -> further.addAll(node.around()));
                further.removeIf(digest -> !seen.add(digest));
                next = further;
            }
        }
    }

    /** What a tag or digest leads to, without what that leads to. */
    Optional<Node> find(Reference reference) throws InterruptedException {
        Optional<Node> node;
        try {
            Optional<Manifest> manifest = registry.find(repository, reference);
            manifest.ifPresent(this::noteIndexes);
            node = manifest.map(Node::of);
        } catch (UnreadableManifest e) {
            node = Optional.of(Node.of(e));
        }
        node.ifPresent(one -> nodes.putIfAbsent(one.digest(), one));
        return node;
    }

    private void noteIndexes(Manifest manifest) {
        manifest.children().stream()
                .filter(child -> MediaTypes.isIndex(child.mediaType()))
                .forEach(child -> indexes.add(child.digest()));
    }

    /**
     * Asks once more for these and for indexes in indexes that were not there, since a registry may answer with 404 for a
     * moment.
     */
    void readAgain(Collection<Digest> missing) throws InterruptedException {
        Set<Digest> twice = new TreeSet<>();
        Set<Digest> again = new TreeSet<>(missing);
        again.addAll(missingIndexes());
        while (!again.isEmpty()) {
            twice.addAll(again);
            seen.removeAll(again);
            readAll(again);
            again = missingIndexes();
            again.removeAll(twice);
        }
    }

    /** What an index lists as another, and is not there. */
    Set<Digest> missingIndexes() {
        Set<Digest> missing = new TreeSet<>(indexes);
        missing.removeIf(nodes::containsKey);
        return missing;
    }

    /** Takes what was asked for and was not there for something that nobody can read. */
    void keepIfMissing(Digest digest) {
        if (seen.contains(digest)) {
            nodes.putIfAbsent(digest, Node.absent(digest));
        }
    }
}

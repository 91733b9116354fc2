package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what goes into the archive before it does, with all that a provider deletes along with it. */
final class Archiving {
    private final Registry registry;
    private final Archive archive;
    private final Graph graph;
    private final boolean takesAlong;
    /** Where each stands among all that go, what lists another before it. */
    private final Map<Digest, Integer> places = new HashMap<>();

    private final Set<Digest> archived = new HashSet<>();
    private final Set<Digest> along = new HashSet<>();

    /**
     * @param batches all that go, in their order
     * @param takesAlong {@link ManifestStore#deletesWhatIsListed}
     */
    Archiving(Registry registry, Archive archive, Graph graph, List<List<Digest>> batches, boolean takesAlong) {
        this.registry = registry;
        this.archive = archive;
        this.graph = graph;
        this.takesAlong = takesAlong;
        batches.forEach(batch -> batch.forEach(digest -> places.put(digest, places.size())));
    }

    /** @return those of the batch that are there, or were when what lists them was written */
    List<Digest> write(List<Digest> batch) throws InterruptedException {
        List<Digest> asked = takesAlong ? withParts(batch) : new ArrayList<>(batch);
        asked.removeAll(archived);
        Repository repository = graph.repository();
        List<ArchivedManifest> there = new ArrayList<>();
        try (WorkPool pool = new WorkPool()) {
            List<Optional<Manifest>> manifests = pool.all(asked.stream()
                    .<WorkPool.Work<Optional<Manifest>>>map(digest -> () -> registry.find(repository, digest))
                    .toList());
            manifests.forEach(found -> found.ifPresent(manifest ->
                    there.add(new ArchivedManifest(repository, manifest, graph.tagsOf(manifest.digest())))));
        }
        archive.add(there);
        there.forEach(one -> archived.add(one.digest()));
        along.addAll(asked);
        batch.stream().filter(asked::contains).forEach(along::remove);
        return batch.stream().filter(archived::contains).toList();
    }

    private List<Digest> withParts(List<Digest> batch) {
        Set<Digest> all = new HashSet<>();
        List<Digest> next = new ArrayList<>(batch);
        while (!next.isEmpty()) {
            Digest digest = next.remove(next.size() - 1);
            if (places.containsKey(digest) && all.add(digest)) {
                next.addAll(graph.partsOf(digest));
            }
        }
        List<Digest> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(places::get));
        return sorted;
    }

    /** Those that may be gone with what lists them. */
    Collection<Digest> along() {
        return Set.copyOf(along);
    }
}

package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Sees which tags were set by somebody else while a repository is pruned. Names that come in are looked for every time. Where
 * those lead that were known is looked at the first time, and again when as many manifests were deleted as that takes
 * requests, so that all looks together take no more than one a deletion.
 */
final class TagWatch {
    /** Entries of a provider's list that come with one request. */
    private static final int PAGE = 100;

    private final Registry registry;
    private final ManifestStore store;
    private final GraphReader reader;
    private final Repository repository;
    /** Where each led when it was last looked at. */
    private final Map<Tag, Digest> known;
    /** Names that are listed and lead nowhere. */
    private final Set<Tag> empty = new TreeSet<>();

    private long requests;
    private long deleted;

    TagWatch(Registry registry, ManifestStore store, ReadRepository read) {
        this.registry = registry;
        this.store = store;
        this.reader = read.reader();
        this.repository = read.graph().repository();
        this.known = new TreeMap<>(read.graph().tags());
    }

    /**
     * The tags that were set since the last look, read with all that they lead to.
     *
     * @param gone manifests that were deleted since then
     */
    Map<Tag, Digest> set(Collection<Digest> gone) throws InterruptedException {
        Set<Tag> names = new TreeSet<>(registry.tags(repository));
        known.values().removeIf(gone::contains);
        Set<Tag> changed = new TreeSet<>(names);
        changed.removeAll(known.keySet());
        changed.removeAll(empty);
        deleted += gone.size();
        if (deleted >= requests) {
            deleted = 0;
            look(names).forEach((tag, digest) -> {
                if (!digest.equals(known.get(tag))) {
                    changed.add(tag);
                }
            });
        }
        Map<Tag, Digest> there = changed.isEmpty() ? Map.of() : reader.readAgain(changed);
        known.putAll(there);
        empty.addAll(changed);
        empty.removeAll(there.keySet());
        return there;
    }

    private Map<Tag, Digest> look(Set<Tag> names) throws InterruptedException {
        Optional<List<StoredManifest>> listed = store.list(repository);
        if (listed.isEmpty()) {
            listed = store.tagged(repository);
        }
        Map<Tag, Digest> now = new ConcurrentSkipListMap<>();
        if (listed.isPresent()) {
            requests = listed.get().size() / PAGE;
            listed.get().forEach(manifest -> manifest.tags().forEach(tag -> now.put(tag, manifest.digest())));
            return now;
        }
        List<Tag> asked = names.stream().filter(tag -> !Graph.isAttached(tag)).toList();
        requests = asked.size();
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    asked,
                    tag -> registry.head(repository, tag)
                            .map(Descriptor::digest)
                            .ifPresent(digest -> now.put(tag, digest)));
        }
        return now;
    }
}

package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks whether all that stays can be pulled: every tag, every manifest, every blob. What somebody came to need between
 * the plan and the deletion is put back first.
 */
final class PullCheck {
    private final Registry registry;
    private final ReadRepository read;
    private final Archive archive;
    private final Consumer<String> log;
    private final Repository repository;
    private final Set<String> broken = new ConcurrentSkipListSet<>();

    PullCheck(Registry registry, ReadRepository read, Archive archive, Consumer<String> log) {
        this.registry = registry;
        this.read = read;
        this.archive = archive;
        this.log = log;
        this.repository = read.graph().repository();
    }

    PrunedRepository check(Map<Digest, Removal> removed, Map<Tag, Removal> untagged) throws InterruptedException {
        Set<Digest> gone = removed.entrySet().stream()
                .filter(entry -> entry.getValue().outcome() == Outcome.DELETED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Tag> tags = checkTags();
        Graph graph = read.reader().graph();
        Set<Digest> needed =
                graph.neighbourhood(tags.stream().map(graph.tags()::get).toList());
        needed.addAll(read.marks().kept());
        List<Digest> putBack = putBack(gone, needed);
        Set<Digest> blobs = new TreeSet<>();
        needed.removeIf(digest -> !graph.nodes().containsKey(digest));
        needed.forEach(digest -> graph.nodes().get(digest).blobs().forEach(blob -> blobs.add(blob.digest())));
        try (WorkPool pool = new WorkPool()) {
            pool.each(needed, digest -> {
                if (registry.head(repository, digest).isEmpty()) {
                    broken.add(repository + "@" + digest + " stays and is not there any more.");
                }
            });
            pool.each(blobs, blob -> {
                if (!registry.hasBlob(repository, blob)) {
                    broken.add(repository + " lacks the blob " + blob + " of what stays.");
                }
            });
        }
        return new PrunedRepository(
                repository, removed, untagged, putBack, needed.size() + blobs.size(), List.copyOf(broken));
    }

    /** Those that stay, those that came in and those that were moved, all read again. */
    private Set<Tag> checkTags() throws InterruptedException {
        Set<Tag> tags = new TreeSet<>(read.reader().newTags().keySet());
        read.marks().verdicts().forEach((tag, verdict) -> {
            if (verdict.kept()) {
                tags.add(tag);
            }
        });
        for (Tag tag : read.reader().readAgain(tags)) {
            tags.remove(tag);
            broken.add(
                    repository + ":" + tag
                            + " was to stay and is gone. Somebody deleted it meanwhile, or moved it to an image that was deleted.");
        }
        return tags;
    }

    private List<Digest> putBack(Set<Digest> gone, Set<Digest> needed) throws InterruptedException {
        Set<Digest> wanted = new TreeSet<>(gone);
        wanted.retainAll(needed);
        List<ArchivedManifest> found = new ArrayList<>();
        try {
            if (!wanted.isEmpty()) {
                archive.read(one -> {
                    if (one.repository().equals(repository) && wanted.contains(one.digest())) {
                        found.add(0, one);
                    }
                });
            }
        } catch (IOException e) {
            broken.add("The archive cannot be read: " + e.getMessage());
        }
        return putBack(found);
    }

    private List<Digest> putBack(Collection<ArchivedManifest> childrenFirst) throws InterruptedException {
        List<Digest> done = new ArrayList<>();
        for (ArchivedManifest one : childrenFirst) {
            try {
                registry.put(repository, one.digest(), one.manifest());
                done.add(one.digest());
                log.accept("Put " + repository + "@" + one.digest() + " back: something that came in needs it.");
            } catch (ReleaseException e) {
                broken.add(repository + "@" + one.digest() + " is needed again and could not be put back: " + e.fact());
            }
        }
        return done;
    }
}

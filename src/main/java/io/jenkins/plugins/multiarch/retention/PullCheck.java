package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
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
import java.util.Optional;
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

    /** @param along what may be gone with what listed it */
    PrunedRepository check(Map<Digest, Removal> removed, Map<Tag, Removal> untagged, Collection<Digest> along)
            throws InterruptedException {
        Set<Digest> gone = removed.entrySet().stream()
                .filter(entry -> entry.getValue().outcome() == Outcome.DELETED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        gone.addAll(along);
        Map<Tag, Digest> tags = checkTags();
        Graph graph = read.reader().graph();
        Set<Digest> needed = graph.neighbourhood(tags.values());
        needed.addAll(read.marks().kept());
        List<Digest> putBack = putBack(gone, needed);
        Set<Digest> blobs = new TreeSet<>();
        needed.removeIf(digest ->
                !graph.nodes().containsKey(digest) || graph.nodes().get(digest).isAbsent());
        List<String> lacking = lacking(graph, needed);
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
                repository, removed, untagged, putBack, needed.size() + blobs.size(), lacking, List.copyOf(broken));
    }

    /** What was not whole before either, as an index may be that was copied for some platforms. */
    private List<String> lacking(Graph graph, Set<Digest> needed) throws InterruptedException {
        List<String> lacking = new ArrayList<>();
        for (Digest digest : needed) {
            for (Digest child : graph.missingFrom(digest)) {
                if (registry.head(repository, child).isEmpty()) {
                    lacking.add(repository + "@" + digest + " lists " + child + ", which was not there before either.");
                }
            }
        }
        return lacking;
    }

    /** All that there are but those that deleting did not come to, and all that were to stay, read again. */
    private Map<Tag, Digest> checkTags() throws InterruptedException {
        Set<Tag> names = new TreeSet<>(registry.tags(repository));
        names.removeIf(tag -> Graph.isAttached(tag) && read.graph().tags().containsKey(tag));
        names.removeAll(left(names));
        Set<Tag> stay = new TreeSet<>();
        read.marks().verdicts().forEach((tag, verdict) -> {
            if (verdict.kept()) {
                stay.add(tag);
            }
        });
        Graph before = read.reader().graph();
        names.addAll(stay);
        Map<Tag, Digest> there = read.reader().readAgain(names);
        stay.removeAll(there.keySet());
        for (Tag tag : stay) {
            lost(tag, before.tags().get(tag));
        }
        return there;
    }

    /** Those that were to go and lead where they led. */
    private Set<Tag> left(Set<Tag> names) throws InterruptedException {
        List<Tag> toGo = names.stream()
                .filter(read.marks().verdicts()::containsKey)
                .filter(tag -> !read.marks().verdicts().get(tag).kept())
                .toList();
        Set<Tag> left = new ConcurrentSkipListSet<>();
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    toGo,
                    tag -> registry.head(repository, tag)
                            .map(Descriptor::digest)
                            .filter(read.graph().tags().get(tag)::equals)
                            .ifPresent(same -> left.add(tag)));
        }
        return left;
    }

    /** @param before where it led when it was last looked at */
    private void lost(Tag tag, Digest before) throws InterruptedException {
        Optional<Manifest> manifest = registry.find(repository, before);
        manifest.ifPresent(one -> archive.add(List.of(new ArchivedManifest(repository, one, List.of(tag)))));
        broken.add(repository + ":" + tag
                + " was to stay and is gone. Somebody deleted it meanwhile, or moved it to an image that was deleted."
                + (manifest.isPresent() ? " restore lets it lead to " + before + " again, as it did before." : ""));
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
            if (registry.head(repository, one.digest()).isPresent()) {
                continue;
            }
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

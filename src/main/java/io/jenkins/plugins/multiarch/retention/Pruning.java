package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Deletes what a plan says of one repository, and looks afterwards whether all that stays is there. */
final class Pruning {
    /** Manifests between two looks for tags that came in; also what ECR takes at once. */
    private static final int BATCH = 100;

    private final Registry registry;
    private final ManifestStore store;
    private final Consumer<String> log;
    private final Archive archive;
    private final ReadRepository read;
    private final Repository repository;
    private final TagWatch tags;
    private final Map<Digest, Removal> removed = new LinkedHashMap<>();
    /** Not to be deleted any more, with why. */
    private final Map<Digest, String> spared = new LinkedHashMap<>();

    Pruning(Registry registry, ManifestStore store, Consumer<String> log, Archive archive, ReadRepository read) {
        this.registry = registry;
        this.store = store;
        this.log = log;
        this.archive = archive;
        this.read = read;
        this.repository = read.graph().repository();
        this.tags = new TagWatch(registry, store, read);
    }

    /** @param earlier deletions of the same plan, before it broke off */
    PrunedRepository prune(RepositoryPlan plan, Map<Digest, Removal> earlier) throws InterruptedException {
        removed.putAll(earlier);
        Map<Tag, Removal> untagged = untag(plan.untags());
        Set<Digest> deleted =
                plan.deleted().stream().map(PlannedManifest::digest).collect(Collectors.toCollection(TreeSet::new));
        Collection<Digest> gone = List.of();
        for (List<Digest> batch : new DeleteOrder(read.graph(), deleted).batches(BATCH)) {
            spareWhatCameToBeNeeded(gone);
            delete(batch);
            gone = batch;
        }
        PullCheck check = new PullCheck(registry, read, archive, log);
        PrunedRepository pruned = removed.isEmpty() && untagged.isEmpty()
                ? new PrunedRepository(repository, Map.of(), Map.of(), List.of(), 0, List.of(), List.of())
                : check.check(removed, untagged);
        log.accept(pruned.line());
        pruned.lacking().forEach(log);
        pruned.broken().forEach(log);
        return pruned;
    }

    private Map<Tag, Removal> untag(Collection<PlannedUntag> untags) throws InterruptedException {
        Map<Tag, Removal> done = new LinkedHashMap<>();
        for (PlannedUntag untag : untags) {
            Removal removal = store.untag(repository, untag.tag(), untag.digest());
            done.put(untag.tag(), removal);
            say("tag " + untag.tag() + " of " + repository + "@" + untag.digest(), removal);
        }
        return done;
    }

    private void spareWhatCameToBeNeeded(Collection<Digest> gone) throws InterruptedException {
        Map<Tag, Digest> set = tags.set(gone);
        if (!set.isEmpty()) {
            Graph now = read.reader().graph();
            set.forEach((tag, digest) ->
                    spare(now, digest, "the tag " + tag + ", which was set meanwhile, needs it"));
        }
    }

    private void spare(Graph now, Digest needed, String reason) {
        now.neighbourhood(List.of(needed)).forEach(digest -> spared.putIfAbsent(digest, reason));
    }

    private void delete(List<Digest> batch) throws InterruptedException {
        List<ArchivedManifest> there = new ArrayList<>();
        for (Digest digest : batch) {
            if (spared.containsKey(digest)) {
                note(digest, Removal.kept(spared.get(digest)));
            }
        }
        List<Digest> asked =
                batch.stream().filter(digest -> !spared.containsKey(digest)).toList();
        try (WorkPool pool = new WorkPool()) {
            List<Optional<Manifest>> manifests = pool.all(asked.stream()
                    .<WorkPool.Work<Optional<Manifest>>>map(digest -> () -> registry.find(repository, digest))
                    .toList());
            for (int i = 0; i < asked.size(); i++) {
                Digest digest = asked.get(i);
                manifests
                        .get(i)
                        .ifPresentOrElse(
                                manifest -> there.add(new ArchivedManifest(
                                        repository, manifest, read.graph().tagsOf(digest))),
                                () -> note(digest, Removal.GONE));
            }
        }
        archive.add(there);
        List<Removal> removals = store.delete(
                repository, there.stream()
                        .map(one -> new DoomedManifest(one.digest(), Set.copyOf(one.tags())))
                        .toList());
        for (int i = 0; i < removals.size(); i++) {
            note(there.get(i).digest(), removals.get(i));
        }
    }

    /** What could not be deleted needs its parts still. */
    private void note(Digest digest, Removal removal) {
        removed.put(digest, removal);
        say(repository + "@" + digest, removal);
        if (removal.outcome() == Outcome.KEPT || removal.outcome() == Outcome.FAILED) {
            spare(read.reader().graph(), digest, "it belongs to " + digest.abbreviated() + ", which could not be deleted");
        }
    }

    private void say(String what, Removal removal) {
        log.accept(
                switch (removal.outcome()) {
                    case DELETED -> "Deleted " + what + ".";
                    case GONE -> "Gone already: " + what + ".";
                    case KEPT -> "Kept " + what + ": " + removal.reason() + ".";
                    case FAILED -> "Could not delete " + what + ": " + removal.reason() + ".";
                });
    }
}

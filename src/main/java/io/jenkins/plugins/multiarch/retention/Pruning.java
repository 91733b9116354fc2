package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Deletes what a plan says of one repository, and looks afterwards whether all that stays is there, also where deleting ended
 * early.
 */
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
    private final Map<Tag, Removal> untagged = new LinkedHashMap<>();
    /** Not to be deleted any more, with why. */
    private final Map<Digest, String> spared = new LinkedHashMap<>();
    /** Why nothing more is deleted. */
    private Optional<String> end = Optional.empty();

    private Optional<ReleaseException> failure = Optional.empty();
    private boolean begun;

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
        begun = !earlier.isEmpty();
        Set<Digest> deleted =
                plan.deleted().stream().map(PlannedManifest::digest).collect(Collectors.toCollection(TreeSet::new));
        List<List<Digest>> batches = new DeleteOrder(read.graph(), deleted).batches(BATCH);
        Archiving archiving =
                new Archiving(registry, archive, read.graph(), batches, store.deletesWhatIsListed());
        try {
            untag(plan.untags());
            deleteAll(batches, archiving);
        } catch (ReleaseException e) {
            failure = Optional.of(e);
            end = Optional.of(e.fact());
        }
        end.ifPresent(reason -> leave(plan, reason));
        PrunedRepository pruned = check(archiving);
        log.accept(pruned.line());
        pruned.lacking().forEach(log);
        pruned.broken().forEach(log);
        return pruned;
    }

    /** Why nothing more is deleted, of other repositories neither; nothing where all was come to. */
    Optional<String> end() {
        return end;
    }

    /** What ended it, unless it was a limit. */
    Optional<ReleaseException> failure() {
        return failure;
    }

    private void untag(Collection<PlannedUntag> untags) throws InterruptedException {
        for (PlannedUntag untag : untags) {
            if (end.isPresent()) {
                return;
            }
            begun = true;
            Removal removal = store.untag(repository, untag.tag(), untag.digest());
            untagged.put(untag.tag(), removal);
            say("tag " + untag.tag() + " of " + repository + "@" + untag.digest(), removal);
            endIf(removal);
        }
    }

    private void deleteAll(List<List<Digest>> batches, Archiving archiving) throws InterruptedException {
        if (!batches.isEmpty() && end.isEmpty()) {
            spareWhatListsNeed();
        }
        Collection<Digest> gone = List.of();
        for (List<Digest> batch : batches) {
            if (end.isPresent()) {
                return;
            }
            spareWhatCameToBeNeeded(gone);
            delete(batch, archiving);
            gone = batch.stream()
                    .filter(digest -> removed.get(digest).reason().isEmpty())
                    .toList();
        }
    }

    /** What an index lists that is about something that stays, and that only the registry's list of referrers names. */
    private void spareWhatListsNeed() throws InterruptedException {
        Set<Digest> lists = read.reader().listsAbout(read.marks().kept());
        if (!lists.isEmpty()) {
            Graph now = read.reader().graph();
            lists.forEach(list -> spare(
                    now, list, "it belongs to " + list.abbreviated() + ", which is about something that stays"));
        }
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

    private void delete(List<Digest> batch, Archiving archiving) throws InterruptedException {
        batch.stream()
                .filter(spared::containsKey)
                .forEach(digest -> note(digest, Removal.kept(spared.get(digest))));
        List<Digest> asked =
                batch.stream().filter(digest -> !spared.containsKey(digest)).toList();
        List<Digest> there = archiving.write(asked);
        asked.stream().filter(digest -> !there.contains(digest)).forEach(digest -> note(digest, Removal.GONE));
        begun = true;
        List<Removal> removals = store.delete(
                repository,
                there.stream()
                        .map(digest -> new DoomedManifest(
                                digest, Set.copyOf(read.graph().tagsOf(digest))))
                        .toList());
        for (int i = 0; i < removals.size(); i++) {
            boolean along = removals.get(i).equals(Removal.GONE)
                    && archiving.along().contains(there.get(i));
            note(there.get(i), along ? Removal.DELETED : removals.get(i));
            endIf(removals.get(i));
        }
        spareWhatBelongsToWhatIsLeft(batch);
    }

    /** What could not be deleted needs its parts still. */
    private void spareWhatBelongsToWhatIsLeft(List<Digest> batch) {
        List<Digest> left = batch.stream()
                .filter(digest -> removed.get(digest).outcome() == Outcome.KEPT
                        || removed.get(digest).outcome() == Outcome.FAILED)
                .toList();
        if (!left.isEmpty()) {
            Graph now = read.reader().graph();
            left.forEach(digest ->
                    spare(now, digest, "it belongs to " + digest.abbreviated() + ", which could not be deleted"));
        }
    }

    private void note(Digest digest, Removal removal) {
        removed.put(digest, removal);
        say(repository + "@" + digest, removal);
    }

    private void endIf(Removal removal) {
        if (removal.ends() && end.isEmpty()) {
            end = Optional.of(removal.reason());
        }
    }

    private void leave(RepositoryPlan plan, String reason) {
        PrunedRepository left = PrunedRepository.left(plan, reason);
        left.tags().forEach(untagged::putIfAbsent);
        left.manifests().forEach(removed::putIfAbsent);
        log.accept("Nothing more is deleted of " + repository + ": " + reason);
    }

    private PrunedRepository check(Archiving archiving) throws InterruptedException {
        PullCheck check = new PullCheck(registry, read, archive, log);
        try {
            return begun ? check.check(removed, untagged, archiving.along()) : PrunedRepository.of(repository, removed, untagged, List.of());
        } catch (ReleaseException e) {
            failure = failure.or(() -> Optional.of(e));
            return PrunedRepository.of(
                    repository,
                    removed,
                    untagged,
                    List.of("Nobody knows whether all that stays of " + repository + " is there: " + e.fact()));
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

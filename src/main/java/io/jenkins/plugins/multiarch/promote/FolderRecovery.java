package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends what broke off and has its journal in a folder. Turns come first and journals second, always: whoever has the turn of a
 * tag finds no journal of it in the hands of somebody who has none.
 */
final class FolderRecovery {
    private final Path folder;
    private final TagLocks locks;
    private final Consumer<String> log;
    private final PromotionFolder.Rescue rescue;

    FolderRecovery(Path folder, TagLocks locks, Consumer<String> log, PromotionFolder.Rescue rescue) {
        this.folder = folder;
        this.locks = locks;
        this.log = log;
        this.rescue = rescue;
    }

    /** The turns of tags, and of those that broke off with one of them. */
    private record Hold(Set<TagName> names, TagLocks.Held held) {}

    Turn begin(ReleaseRequest request) throws IOException, InterruptedException {
        Hold hold = hold(request.names());
        boolean begun = false;
        try {
            Optional<PromotedTags> done = Optional.empty();
            Map<Mirror, String> behind = new LinkedHashMap<>();
            for (Path file : touching(hold.names())) {
                Optional<PromotedTags> ended = end(file, request, behind);
                done = ended.isPresent() ? ended : done;
            }
            begun = true;
            return new Turn(hold.held(), done, behind);
        } finally {
            if (!begun) {
                hold.held().close();
            }
        }
    }

    void end(Path file) throws IOException, InterruptedException {
        Optional<List<TagName>> names = FileJournal.glance(file);
        if (names.isEmpty()) {
            return;
        }
        try (TagLocks.Held held = hold(names.get()).held()) {
            Optional<FileJournal> taken = FileJournal.take(file);
            if (taken.isPresent()) {
                try (FileJournal journal = taken.get()) {
                    rescue.from(journal);
                }
            }
        }
    }

    private Hold hold(Collection<TagName> names) throws IOException, InterruptedException {
        Set<TagName> all = connected(names);
        while (true) {
            TagLocks.Held held = locks.take(all, log);
            boolean complete = false;
            try {
                Set<TagName> now = connected(all);
                complete = all.containsAll(now);
                if (complete) {
                    return new Hold(all, held);
                }
                all = now;
            } finally {
                if (!complete) {
                    held.close();
                }
            }
        }
    }

    /** These tags and those of what broke off with one of them, so that whoever ends it has the turns of all. */
    private Set<TagName> connected(Collection<TagName> names) throws IOException {
        List<List<TagName>> broken = new ArrayList<>();
        for (Path file : FileJournal.in(folder)) {
            try {
                FileJournal.glance(file).ifPresent(broken::add);
            } catch (ReleaseException e) {
                continue; // it is set aside when these tags are held
            }
        }
        Set<TagName> all = new TreeSet<>(names);
        int before;
        do {
            before = all.size();
            broken.stream().filter(one -> !Collections.disjoint(one, all)).forEach(all::addAll);
        } while (all.size() > before);
        return all;
    }

    /** The journals with one of these tags, and those with none at all. */
    private List<Path> touching(Set<TagName> names) throws IOException {
        List<Path> touching = new ArrayList<>();
        for (Path file : FileJournal.in(folder)) {
            try {
                FileJournal.glance(file)
                        .filter(left -> left.isEmpty() || !Collections.disjoint(left, names))
                        .ifPresent(left -> touching.add(file));
            } catch (ReleaseException e) {
                setAside(file, e.fact());
            }
        }
        return touching;
    }

    private void setAside(Path file, String reason) throws IOException {
        Optional<FileJournal> taken = FileJournal.take(file);
        if (taken.isPresent()) {
            Path aside = taken.get().setAside();
            log.accept("Set aside a journal of a promotion that cannot be read, so that nobody knows whether its tags"
                    + " moved: " + aside + ". " + reason);
        }
    }

    /**
     * @param behind gets the mirrors where it could not be ended, where all of it is of mirrors that may lag
     * @return what became of the tags where what is asked for was done by that
     */
    private Optional<PromotedTags> end(Path file, ReleaseRequest request, Map<Mirror, String> behind)
            throws IOException, InterruptedException {
        Optional<FileJournal> taken = FileJournal.take(file);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (FileJournal journal = taken.get()) {
            Optional<Unfinished> broken = Unfinished.in(journal);
            if (broken.isEmpty()) {
                return Optional.empty();
            }
            try {
                Optional<PromotedTags> ended = rescue.from(journal);
                return isDone(journal) && isAskedFor(request, broken.get()) ? ended : Optional.empty();
            } catch (ReleaseException e) {
                ReleaseException refusal = refusal(broken.get(), journal, e);
                Map<Repository, Mirror> mayLag = request.mayLag();
                for (TagName name : broken.get().names()) {
                    behind.put(
                            Optional.ofNullable(mayLag.get(name.repository())).orElseThrow(() -> refusal),
                            refusal.fact());
                }
                return Optional.empty();
            }
        }
    }

    private static ReleaseException refusal(Unfinished broken, FileJournal journal, ReleaseException cause)
            throws IOException {
        String names = broken.names().stream().map(TagName::toString).collect(Collectors.joining(", "));
        return new ReleaseException(
                "What " + journal.owner().orElse("a promotion") + " left half done could not be ended, of " + names
                        + ": " + cause.fact(),
                cause.cure() + " Where its registry never comes back, delete " + journal
                        + ": its tags then stay where they are.",
                cause);
    }

    private static boolean isDone(FileJournal journal) throws IOException {
        List<JournalEntry> entries = journal.entries();
        return entries.get(entries.size() - 1).equals(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
    }

    private static boolean isAskedFor(ReleaseRequest request, Unfinished broken) {
        return request instanceof RollbackRequest rollback && rollback.isDoneBy(broken);
    }
}

package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

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
            Turn turn = new Turn(hold.held(), end(hold.names(), request));
            begun = true;
            return turn;
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

    /** @return what became of the tags where what is asked for was done by that */
    private Optional<PromotedTags> end(Set<TagName> names, ReleaseRequest request)
            throws IOException, InterruptedException {
        Optional<PromotedTags> done = Optional.empty();
        for (Path file : FileJournal.in(folder)) {
            Optional<List<TagName>> unfinished;
            try {
                unfinished = FileJournal.glance(file);
            } catch (ReleaseException e) {
                setAside(file, e.fact());
                continue;
            }
            if (unfinished
                    .filter(left -> left.isEmpty() || !Collections.disjoint(left, names))
                    .isPresent()) {
                Optional<PromotedTags> ended = end(file, request);
                done = ended.isPresent() ? ended : done;
            }
        }
        return done;
    }

    private void setAside(Path file, String reason) throws IOException {
        Optional<FileJournal> taken = FileJournal.take(file);
        if (taken.isPresent()) {
            Path aside = taken.get().setAside();
            log.accept("Set aside a journal of a promotion that cannot be read, so that nobody knows whether its tags"
                    + " moved: " + aside + ". " + reason);
        }
    }

    private Optional<PromotedTags> end(Path file, ReleaseRequest request) throws IOException, InterruptedException {
        Optional<FileJournal> taken = FileJournal.take(file);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        try (FileJournal journal = taken.get()) {
            Optional<Unfinished> broken = Unfinished.in(journal);
            if (broken.isEmpty()) {
                return Optional.empty();
            }
            Optional<PromotedTags> ended = rescue.from(journal);
            return isDone(journal) && isAskedFor(request, broken.get()) ? ended : Optional.empty();
        }
    }

    private static boolean isDone(FileJournal journal) throws IOException {
        List<JournalEntry> entries = journal.entries();
        return entries.get(entries.size() - 1).equals(new JournalEntry.Ended(JournalEntry.Outcome.DONE));
    }

    private static boolean isAskedFor(ReleaseRequest request, Unfinished broken) {
        return request instanceof RollbackRequest rollback && rollback.isDoneBy(broken);
    }
}

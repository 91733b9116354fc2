package io.jenkins.plugins.multiarch.promote;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A promotion that broke off.
 *
 * @param changes its tags, with where they led right before they were set
 * @param receipt what it was to leave beside its images
 * @param restoring that it was being taken back when it broke off
 * @param isMoved whether every tag had been read back where it was to lead
 */
record Unfinished(
        List<TagChange> changes,
        Optional<Receipt> receipt,
        Optional<JournalEntry.Restoring> restoring,
        boolean isMoved) {

    /** The last promotion of a journal, unless it ended. */
    static Optional<Unfinished> in(Journal journal) throws IOException {
        return in(journal.entries());
    }

    static Optional<Unfinished> in(List<JournalEntry> entries) {
        Optional<Unfinished> last = Optional.empty();
        for (JournalEntry entry : entries) {
            if (entry instanceof JournalEntry.Planned planned) {
                last = Optional.of(new Unfinished(planned.changes(), planned.receipt(), Optional.empty(), false));
            } else if (entry instanceof JournalEntry.Overwriting overwriting) {
                last = last.map(broken -> broken.with(overwriting.change()));
            } else if (entry instanceof JournalEntry.Restoring restoring) {
                last = last.map(
                        broken -> new Unfinished(broken.changes, broken.receipt, Optional.of(restoring), false));
            } else if (entry instanceof JournalEntry.AllMoved) {
                last = last.map(broken -> new Unfinished(broken.changes, broken.receipt, broken.restoring, true));
            } else if (entry instanceof JournalEntry.Ended) {
                last = Optional.empty();
            }
        }
        return last;
    }

    private Unfinished with(TagChange newer) {
        List<TagChange> all = changes.stream()
                .map(change -> change.name().equals(newer.name()) ? newer : change)
                .toList();
        return new Unfinished(all, receipt, restoring, isMoved);
    }

    /** Whether it goes back with all of these tags, moving them or finding them there. */
    boolean isRollbackOf(Collection<TagName> wanted) {
        Set<TagName> known = new HashSet<>(names());
        receipt.ifPresent(one -> one.tags().forEach(tag -> known.add(tag.name())));
        return receipt.filter(Receipt::isRollback).isPresent() && known.containsAll(wanted);
    }

    List<TagName> names() {
        return changes.stream().map(TagChange::name).toList();
    }
}

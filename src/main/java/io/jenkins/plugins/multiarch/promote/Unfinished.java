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
 * @param receipt what it was to leave beside its images
 * @param restoring why it was being taken back when it broke off, or empty
 */
record Unfinished(List<TagChange> changes, Optional<Receipt> receipt, Optional<String> restoring) {

    /** The last promotion of a journal, unless it ended. */
    static Optional<Unfinished> in(Journal journal) throws IOException {
        Optional<Unfinished> last = Optional.empty();
        for (JournalEntry entry : journal.entries()) {
            if (entry instanceof JournalEntry.Planned planned) {
                last = Optional.of(new Unfinished(planned.changes(), planned.receipt(), Optional.empty()));
            } else if (entry instanceof JournalEntry.Restoring restoring) {
                last = last.map(
                        broken -> new Unfinished(broken.changes(), broken.receipt(), Optional.of(restoring.reason())));
            } else if (entry instanceof JournalEntry.Ended) {
                last = Optional.empty();
            }
        }
        return last;
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

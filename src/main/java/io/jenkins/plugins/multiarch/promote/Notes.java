package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the threads of a transaction write into its journal, one entry at a time. */
final class Notes {
    private final Journal journal;
    private final Consumer<String> log;

    /** @param log is told what could not be written */
    Notes(Journal journal, Consumer<String> log) {
        this.journal = journal;
        this.log = log;
    }

    void write(JournalEntry entry) throws IOException {
        synchronized (journal) {
            journal.append(entry);
        }
    }

    /** A full disk is no reason to leave tags where they do not belong. */
    void writeIfPossible(JournalEntry entry) {
        try {
            write(entry);
        } catch (IOException e) {
            log.accept("The journal could not be written: " + Shown.of(String.valueOf(e.getMessage())) + ".");
        }
    }

    /** A journal tells of one promotion behind the other, so a new one would hide what is open. */
    void refuseWhereOneIsOpen() throws IOException {
        List<TagName> open = journal.unfinished();
        if (!open.isEmpty()) {
            throw new ReleaseException(
                    "No tag was moved: the promotion before is not ended, of "
                            + open.stream().map(TagName::toString).collect(Collectors.joining(", ")) + ".",
                    "Promote again when the registry of these answers: that ends it first.");
        }
    }
}

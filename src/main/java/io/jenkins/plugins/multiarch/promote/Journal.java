package io.jenkins.plugins.multiarch.promote;

import java.io.IOException;
import java.util.List;

/**
 * Where promotions write down what they are about to do, so that what breaks off can be finished or taken back by
 * {@link Promotion#recover}. It holds any number of promotions, one after the other.
 */
public interface Journal {
    /** Remembers nothing, for tags that nobody needs to move together. */
    Journal NONE = new Journal() {
        @Override
        public void append(JournalEntry entry) {}

        @Override
        public List<JournalEntry> entries() {
            return List.of();
        }
    };

    /**
     * Writes an entry behind the others; one that {@linkplain JournalEntry#isDecision decides} is on its disk when this
     * returns. Not called by two threads at once.
     */
    void append(JournalEntry entry) throws IOException;

    /** All entries, oldest first. */
    List<JournalEntry> entries() throws IOException;

    /** The tags of a promotion that broke off; none where all ended. */
    default List<TagName> unfinished() throws IOException {
        return Unfinished.in(this).map(Unfinished::names).orElse(List.of());
    }
}

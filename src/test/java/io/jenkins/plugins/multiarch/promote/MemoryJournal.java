package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Json;
import java.util.ArrayList;
import java.util.List;

/** A journal that is read back from its bytes, and can end its process behind an entry. */
final class MemoryJournal implements Journal {
    private final List<byte[]> entries = new ArrayList<>();
    private Runnable beforeEntry = () -> {};
    private Runnable behindEntry = () -> {};

    void beforeEachEntry(Runnable act) {
        beforeEntry = act;
    }

    void behindEachEntry(Runnable act) {
        behindEntry = act;
    }

    @Override
    public void append(JournalEntry entry) {
        beforeEntry.run();
        entries.add(Json.write(entry.toJson()));
        behindEntry.run();
    }

    @Override
    public List<JournalEntry> entries() {
        return entries.stream().map(JournalEntry::parse).toList();
    }

    int size() {
        return entries.size();
    }
}

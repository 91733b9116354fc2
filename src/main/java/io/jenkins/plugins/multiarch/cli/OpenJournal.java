package io.jenkins.plugins.multiarch.cli;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The journal that this process writes, for who is asked to end it: tags may have moved that are not back yet. */
final class OpenJournal implements AutoCloseable {
    private static final AtomicReference<String> NAME = new AtomicReference<>();

    private OpenJournal() {}

    static OpenJournal of(String name) {
        NAME.set(name);
        return new OpenJournal();
    }

    /** Its file, while there is one. */
    static Optional<String> name() {
        return Optional.ofNullable(NAME.get());
    }

    @Override
    public void close() {
        NAME.set(null);
    }
}

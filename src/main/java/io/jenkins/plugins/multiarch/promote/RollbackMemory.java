package io.jenkins.plugins.multiarch.promote;

import java.io.IOException;
import java.util.Optional;

/**
 * Where somebody keeps what a rollback goes back to, who may have to ask for the same rollback again without knowing whether
 * it was done: from the tags alone it could not be told, and {@code previous} would be one release further back by then.
 */
public interface RollbackMemory {
    /** Remembers nothing, for who asks once. */
    RollbackMemory NONE = new RollbackMemory() {
        @Override
        public Optional<String> recall() {
            return Optional.empty();
        }

        @Override
        public void keep(String release) {}
    };

    /** What was kept. */
    Optional<String> recall();

    /** Keeps it, so that it is there after a crash; no tag has moved yet. */
    void keep(String release) throws IOException;
}

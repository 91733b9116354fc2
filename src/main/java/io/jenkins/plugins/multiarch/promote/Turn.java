package io.jenkins.plugins.multiarch.promote;

import java.util.Optional;

/**
 * The tags of a request, held until this is closed, after all that broke off of them was ended.
 *
 * @param done what became of the tags where that was what is asked for, so that to do it again would be too much
 */
public record Turn(TagLocks.Held held, Optional<PromotedTags> done) implements AutoCloseable {
    @Override
    public void close() {
        held.close();
    }
}

package io.jenkins.plugins.multiarch.promote;

import java.util.Map;
import java.util.Optional;

/**
 * The tags of a request, held until this is closed, after what broke off of them was ended.
 *
 * @param done what became of the tags where that was what is asked for, so that to do it again would be too much
 * @param behind mirrors that may lag and do, as what broke off there could not be ended, each with why
 */
public record Turn(TagLocks.Held held, Optional<PromotedTags> done, Map<Mirror, String> behind)
        implements AutoCloseable {
    @Override
    public void close() {
        held.close();
    }
}

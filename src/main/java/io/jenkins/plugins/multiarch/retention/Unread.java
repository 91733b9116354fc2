package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Set;

/**
 * What a repository names and answered with 404 for, twice. It may be back in a moment, and what hangs under it is not known.
 *
 * @param tags that are listed
 * @param indexes that an index lists as such
 */
record Unread(Set<Tag> tags, Set<Digest> indexes) {
    static final Unread NOTHING = new Unread(Set.of(), Set.of());

    Unread {
        tags = Set.copyOf(tags);
        indexes = Set.copyOf(indexes);
    }
}

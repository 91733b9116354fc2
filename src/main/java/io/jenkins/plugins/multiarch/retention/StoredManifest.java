package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest as a registry's own API lists it.
 *
 * @param tags all that lead to it, none where it is untagged
 * @param pushed when it came into the registry, where the API says so
 */
public record StoredManifest(Digest digest, Set<Tag> tags, Optional<Instant> pushed) {
    public StoredManifest {
        tags = Set.copyOf(tags);
    }
}

package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A manifest that goes.
 *
 * @param tags that may go with it, for the plan knew them; with any other it stays
 */
public record DoomedManifest(Digest digest, Set<Tag> tags) {
    public DoomedManifest {
        tags = Set.copyOf(tags);
    }

    /**
     * Why it stays by what leads to it now.
     *
     * @param now all tags that do
     * @return nothing where the plan knew them all
     */
    public Optional<Removal> keptBy(Collection<Tag> now) {
        Set<Tag> others = new TreeSet<>(now);
        others.removeAll(tags);
        return others.stream()
                .findFirst()
                .map(tag -> Removal.kept("the tag " + tag + ", which was set meanwhile, leads to it"));
    }
}

package io.jenkins.plugins.multiarch.registry.fake;

import java.util.Set;

/**
 * How a registry behaves.
 *
 * @param pageSize most entries in a page of tags, referrers or repositories
 * @param pullLimit how many manifests may be fetched before the answer is 429
 */
record Settings(Set<Trait> traits, int pageSize, int pullLimit) {

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}

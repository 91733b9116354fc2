package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.Optional;

/**
 * Sets a tag under the condition that nobody else has, with {@code If-Match} where the registry gives a strong entity tag
 * (RFC 9110, section 13.1.1). Registries that know no such condition ignore it.
 */
final class TagSwap {
    private final Manifests manifests;

    TagSwap(Manifests manifests) {
        this.manifests = manifests;
    }

    Registry.Swap swap(Repository repository, Tag tag, Registry.Expectation expected, Manifest manifest)
            throws InterruptedException {
        Optional<Manifests.Standing> before = manifests.stands(repository, tag);
        Optional<Digest> found = digest(before);
        if (found.filter(manifest.digest()::equals).isPresent()) {
            return new Registry.Swap(true, found);
        }
        if (!expected.holds(found)) {
            return new Registry.Swap(false, found);
        }
        try {
            manifests.replace(repository, tag, before.map(Manifests.Standing::entityTag), manifest);
            return new Registry.Swap(true, found);
        } catch (RegistryException e) {
            if (e.status() != 412) {
                throw e;
            }
            return setAfterAll(repository, tag, found, manifest);
        }
    }

    /** A proxy that changes entity tags makes every condition fail, so where nothing moved it is left out. */
    private Registry.Swap setAfterAll(Repository repository, Tag tag, Optional<Digest> before, Manifest manifest)
            throws InterruptedException {
        Optional<Digest> now = digest(manifests.stands(repository, tag));
        if (now.filter(manifest.digest()::equals).isPresent()) {
            return new Registry.Swap(true, before);
        }
        if (!now.equals(before)) {
            return new Registry.Swap(false, now);
        }
        manifests.put(repository, tag, manifest);
        return new Registry.Swap(true, before);
    }

    private static Optional<Digest> digest(Optional<Manifests.Standing> standing) {
        return standing.map(Manifests.Standing::descriptor).map(Descriptor::digest);
    }
}

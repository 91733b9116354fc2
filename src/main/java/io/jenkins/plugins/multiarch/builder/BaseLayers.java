package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The layers of base images on the registry that is pushed to, which need not be sent again. */
final class BaseLayers {
    private final Registry registry;
    private final Repository target;
    private final Map<Digest, Repository> places = new HashMap<>();

    private BaseLayers(Registry registry, Repository target) {
        this.registry = registry;
        this.target = target;
    }

    /** Of the exact base images of a plan. One that cannot be read costs bytes, not the build. */
    static BaseLayers of(BuildPlan plan, Registry registry, Repository target) throws InterruptedException {
        BaseLayers bases = new BaseLayers(registry, target);
        for (ImageRef base : plan.baseImages().values()) {
            Repository repository = base.repository();
            if (repository.registry().equals(target.registry()) && !repository.equals(target)) {
                try {
                    bases.add(base, plan);
                } catch (ReleaseException e) {
                    continue;
                }
            }
        }
        return bases;
    }

    private void add(ImageRef base, BuildPlan plan) throws InterruptedException {
        Optional<Manifest> found = registry.find(base.repository(), base.reference());
        if (found.isPresent() && found.get() instanceof ImageIndex index) {
            Optional<Descriptor> child = index.image(plan.platform());
            found = child.isEmpty()
                    ? Optional.empty()
                    : registry.find(base.repository(), child.get().digest());
        }
        if (found.isPresent() && found.get() instanceof ImageManifest image) {
            image.layers().forEach(layer -> places.putIfAbsent(layer.digest(), base.repository()));
        }
    }

    /** Whether the target has the blob now without its being sent. */
    boolean mount(Descriptor blob) throws InterruptedException {
        Repository place = places.get(blob.digest());
        return place != null && registry.mount(target, blob.digest(), place);
    }
}

package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings images that were built into a repository: what several of them have once, and the manifests after the blobs. */
final class BuiltImagesPush {
    private final Registry registry;
    private final Repository target;
    private final Consumer<String> log;

    BuiltImagesPush(Registry registry, Repository target, Consumer<String> log) {
        this.registry = registry;
        this.target = target;
        this.log = log;
    }

    /** @param origin a repository that has it, from which it can be mounted */
    private record Part(Blob blob, Optional<Repository> origin) {}

    void push(List<BuiltImage> images) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            List<BuiltImage> missing = missing(images, pool);
            pool.each(blobs(missing), this::push);
            pool.each(missing, image -> registry.put(target, image.digest(), image.manifest()));
            for (BuiltImage image : missing) {
                log.accept("Pushed " + image.platform() + " as " + target + "@" + image.digest() + ".");
            }
        }
    }

    private List<BuiltImage> missing(List<BuiltImage> images, WorkPool pool) throws InterruptedException {
        List<WorkPool.Work<Boolean>> looks = new ArrayList<>();
        for (BuiltImage image : images) {
            looks.add(() -> registry.head(target, image.digest()).isPresent());
        }
        List<Boolean> present = pool.all(looks);
        List<BuiltImage> missing = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            BuiltImage image = images.get(i);
            if (present.get(i)) {
                log.accept(image.platform() + " stood as " + target + "@" + image.digest() + " already.");
            } else {
                missing.add(image);
            }
        }
        return missing;
    }

    /** Layers first, as they are what takes time. Those that stay at an address of their own are never pushed. */
    private static Collection<Part> blobs(List<BuiltImage> images) {
        Map<Digest, Part> parts = new LinkedHashMap<>();
        for (BuiltImage image : images) {
            for (BuiltLayer layer : image.layers()) {
                if (!MediaTypes.isForeign(layer.descriptor().mediaType())) {
                    parts.putIfAbsent(layer.descriptor().digest(), new Part(layer.blob(), layer.origin()));
                }
            }
        }
        for (BuiltImage image : images) {
            Blob config = Blob.of(MediaTypes.OCI_CONFIG, image.config().bytes());
            parts.putIfAbsent(config.digest(), new Part(config, Optional.empty()));
        }
        return parts.values();
    }

    private void push(Part part) throws InterruptedException {
        Optional<Repository> neighbour =
                part.origin().filter(origin -> origin.registry().equals(target.registry()));
        if (neighbour.isEmpty() || !registry.mount(target, part.blob().digest(), neighbour.get())) {
            registry.push(target, part.blob());
        }
    }
}

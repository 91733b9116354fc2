package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Brings back what an archive holds, as far as the registry still has its blobs: by the provider's own means, else by putting
 * the manifests back, children before what lists them. A tag that leads somewhere else by now is left alone.
 */
public final class Restoring {
    private final Registry registry;
    private final Stores stores;
    private final Consumer<String> log;

    /** @param log gets a line for each manifest and tag */
    public Restoring(Registry registry, Stores stores, Consumer<String> log) {
        this.registry = registry;
        this.stores = stores;
        this.log = log;
    }

    /** @param wanted which of them; all of an image have to be wanted for it to come back */
    public RestoreReport restore(Path archive, Predicate<ArchivedManifest> wanted)
            throws IOException, InterruptedException {
        List<ArchivedManifest> all = new ArrayList<>();
        Archive.read(archive, one -> {
            if (wanted.test(one)) {
                all.add(0, one);
            }
        });
        List<String> restored = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (ArchivedManifest one : all) {
            restore(one, restored, left);
        }
        for (ArchivedManifest one : all) {
            for (Tag tag : one.tags()) {
                restoreTag(one, tag, restored, left);
            }
        }
        left.forEach(log);
        return new RestoreReport(restored, left);
    }

    private void restore(ArchivedManifest one, List<String> restored, List<String> left) throws InterruptedException {
        String name = one.repository() + "@" + one.digest();
        if (registry.head(one.repository(), one.digest()).isPresent()) {
            return;
        }
        try {
            if (!stores.of(one.repository()).restore(one.repository(), one.digest())) {
                Optional<Digest> missing = missing(one);
                if (missing.isPresent()) {
                    left.add(name + " was not restored: the registry has no longer " + missing.get() + ".");
                    return;
                }
                registry.put(one.repository(), one.digest(), one.manifest());
            }
        } catch (ReleaseException e) {
            left.add(name + " was not restored: " + e.fact());
            return;
        }
        log.accept("Restored " + name + ".");
        restored.add(name);
    }

    private Optional<Digest> missing(ArchivedManifest one) throws InterruptedException {
        Node node = Node.of(one.manifest());
        for (Digest child : node.manifests()) {
            if (registry.head(one.repository(), child).isEmpty()) {
                return Optional.of(child);
            }
        }
        for (Node.Part blob : node.blobs()) {
            if (!registry.hasBlob(one.repository(), blob.digest())) {
                return Optional.of(blob.digest());
            }
        }
        return Optional.empty();
    }

    private void restoreTag(ArchivedManifest one, Tag tag, List<String> restored, List<String> left)
            throws InterruptedException {
        Repository repository = one.repository();
        String name = repository + ":" + tag;
        Optional<Digest> standing = registry.head(repository, tag).map(Descriptor::digest);
        if (standing.isPresent()) {
            if (!standing.get().equals(one.digest()) && !Graph.isAttached(tag)) {
                left.add(name + " was left alone: it leads to " + standing.get() + " now.");
            }
            return;
        }
        if (registry.head(repository, one.digest()).isEmpty()) {
            return;
        }
        try {
            registry.put(repository, tag, one.manifest());
        } catch (ReleaseException e) {
            left.add(name + " was not restored: " + e.fact());
            return;
        }
        log.accept("Restored " + name + " to " + one.digest() + ".");
        restored.add(name);
    }
}

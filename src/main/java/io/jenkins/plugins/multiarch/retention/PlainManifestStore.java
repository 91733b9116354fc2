package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.promote.TagRemoval;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.List;
import java.util.Optional;

/**
 * Any registry, by what the OCI distribution-spec has ("Content Management"). Manifests without a tag cannot be listed there.
 */
public class PlainManifestStore implements ManifestStore {
    private final Registry registry;
    private final TagRemoval removal;

    public PlainManifestStore(Registry registry) {
        this.registry = registry;
        this.removal = new TagRemoval(registry);
    }

    @Override
    public String name() {
        return "the registry";
    }

    @Override
    public Optional<List<StoredManifest>> list(Repository repository) {
        return Optional.empty();
    }

    @Override
    public List<Removal> delete(Repository repository, List<Digest> digests) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            return pool.all(digests.stream()
                    .<WorkPool.Work<Removal>>map(digest -> () -> removal(() -> registry.delete(repository, digest)))
                    .toList());
        }
    }

    @Override
    public Removal untag(Repository repository, Tag tag) throws InterruptedException {
        return removal(() -> {
            Optional<Manifest> stays = registry.find(repository, tag);
            if (stays.isPresent()) {
                removal.remove(new TagName(repository, tag), stays.get());
            }
            return stays.isPresent();
        });
    }

    private interface Deletion {
        boolean run() throws InterruptedException;
    }

    private static Removal removal(Deletion deletion) throws InterruptedException {
        try {
            return deletion.run() ? Removal.DELETED : Removal.GONE;
        } catch (TagRemoval.Impossible e) {
            return Removal.kept(e.fact());
        } catch (RegistryException e) {
            boolean immutable = e.status() == 412 || e.code().equals("TAG_IMMUTABLE");
            return immutable ? Removal.kept(e.fact()) : Removal.failed(e.fact());
        }
    }

    @Override
    public boolean restore(Repository repository, Digest digest) {
        return false;
    }

    @Override
    public Optional<Visibility> visibility(Repository repository) {
        return Optional.empty();
    }
}

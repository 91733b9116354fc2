package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Any registry, by what the OCI distribution-spec has ("Content Management"). Manifests without a tag cannot be listed there.
 */
public class PlainManifestStore implements ManifestStore {
    private final Registry registry;

    public PlainManifestStore(Registry registry) {
        this.registry = registry;
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

    /**
     * Where a registry cannot delete a tag alone, the tag is moved to an artifact of its own, and that one is deleted by its
     * digest; whether the registry deletes anything at all is found out first.
     */
    @Override
    public Removal untag(Repository repository, Tag tag) throws InterruptedException {
        return removal(() -> {
            try {
                return registry.deleteTag(repository, tag);
            } catch (RegistryException e) {
                if (!e.isUnsupported()) {
                    throw e;
                }
                return untagWith(standIn(repository, tag), repository, tag);
            }
        });
    }

    private boolean untagWith(Manifest standIn, Repository repository, Tag tag) throws InterruptedException {
        Optional<Manifest> stays = registry.find(repository, tag);
        if (stays.isEmpty()) {
            return false;
        }
        registry.push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        registry.put(repository, standIn.digest(), standIn);
        registry.delete(repository, standIn.digest());
        registry.put(repository, tag, standIn);
        try {
            return registry.delete(repository, standIn.digest());
        } catch (RegistryException e) {
            registry.put(repository, tag, stays.get());
            throw e;
        }
    }

    private static Manifest standIn(Repository repository, Tag tag) {
        return ImageManifest.artifact(
                "application/vnd.jenkins.multiarch.removed-tag.v1",
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.empty(),
                Map.of("io.jenkins.multiarch.removed-tag", repository + ":" + tag));
    }

    private interface Deletion {
        boolean run() throws InterruptedException;
    }

    private static Removal removal(Deletion deletion) throws InterruptedException {
        try {
            return deletion.run() ? Removal.DELETED : Removal.GONE;
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

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
    public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            return pool.all(manifests.stream()
                    .<WorkPool.Work<Removal>>map(one -> () -> removal(() -> deleted(repository, one.digest())))
                    .toList());
        }
    }

    @Override
    public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
        return removal(() -> {
            Optional<Manifest> found = registry.find(repository, tag);
            if (found.isEmpty()) {
                return Removal.GONE;
            }
            if (!found.get().digest().equals(stays)) {
                return Removal.moved(found.get().digest());
            }
            if (removal.remove(new TagName(repository, tag), found.get())) {
                return Removal.DELETED;
            }
            return registry.head(repository, tag)
                    .map(now -> Removal.moved(now.digest()))
                    .orElse(Removal.GONE);
        });
    }

    private Removal deleted(Repository repository, Digest digest) throws InterruptedException {
        return registry.delete(repository, digest) ? Removal.DELETED : Removal.GONE;
    }

    private interface Deletion {
        Removal run() throws InterruptedException;
    }

    private static Removal removal(Deletion deletion) throws InterruptedException {
        try {
            return deletion.run();
        } catch (TagRemoval.Impossible e) {
            return Removal.kept(e.fact());
        } catch (RegistryException e) {
            if (e.status() == 412 || e.code().equals("TAG_IMMUTABLE")) {
                return Removal.kept(e.fact());
            }
            boolean ends = e.status() == 401 || e.isUnsupported() || e.code().equals("TOOMANYREQUESTS");
            return ends ? Removal.ended(e.fact()) : Removal.failed(e.fact());
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

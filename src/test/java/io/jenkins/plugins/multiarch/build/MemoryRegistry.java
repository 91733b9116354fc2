package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Capabilities;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registry as a few maps, which refuses what points at nothing as real ones do, and notes what was written. */
final class MemoryRegistry implements Registry {
    private final Map<String, Manifest> manifests = new HashMap<>();
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final List<String> writes = Collections.synchronizedList(new ArrayList<>());

    private boolean losesTags;

    List<String> writes() {
        return List.copyOf(writes);
    }

    /** From now on tags are taken and not kept, as if somebody else moved them back. */
    void loseTags() {
        losesTags = true;
    }

    void forgetWrites() {
        writes.clear();
    }

    private static String key(Repository repository, Reference reference) {
        return repository + "@" + reference;
    }

    @Override
    public synchronized Optional<Manifest> find(Repository repository, Reference reference) {
        return Optional.ofNullable(manifests.get(key(repository, reference)));
    }

    @Override
    public Optional<Descriptor> head(Repository repository, Reference reference) {
        return find(repository, reference).map(Manifest::descriptor);
    }

    @Override
    public synchronized void put(Repository repository, Reference reference, Manifest manifest) {
        for (Descriptor child : manifest.children()) {
            boolean there = blobs.containsKey(key(repository, child.digest()))
                    || manifests.containsKey(key(repository, child.digest()));
            if (!there) {
                throw new RegistryException(
                        "PUT " + repository + ": " + child.digest() + " is unknown.", "", 400, "", false, null);
            }
        }
        writes.add("put " + repository.path() + " " + reference);
        if (!losesTags || reference instanceof Digest) {
            manifests.put(key(repository, reference), manifest);
        }
        manifests.put(key(repository, manifest.digest()), manifest);
    }

    @Override
    public synchronized boolean hasBlob(Repository repository, Digest digest) {
        return blobs.containsKey(key(repository, digest));
    }

    @Override
    public synchronized InputStream open(Repository repository, Descriptor blob) {
        byte[] content = blobs.get(key(repository, blob.digest()));
        if (content == null) {
            throw new RegistryException(
                    "GET " + repository + ": " + blob.digest() + " is unknown.", "", 404, "", false, null);
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void push(Repository repository, Blob blob) throws InterruptedException {
        if (hasBlob(repository, blob.digest())) {
            return;
        }
        try (InputStream in = blob.open()) {
            byte[] content = in.readAllBytes();
            if (!blob.digest().matches(content)) {
                throw new IllegalStateException(blob.digest() + " has other content");
            }
            synchronized (this) {
                writes.add("push " + repository.path() + " " + blob.digest());
                blobs.put(key(repository, blob.digest()), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized boolean mount(Repository target, Digest digest, Repository source) {
        byte[] content = blobs.get(key(source, digest));
        if (content == null) {
            return false;
        }
        writes.add("mount " + target.path() + " " + digest);
        blobs.put(key(target, digest), content);
        return true;
    }

    @Override
    public List<Tag> tags(Repository repository) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Descriptor> referrers(Repository repository, Digest subject, String artifactType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean delete(Repository repository, Digest digest) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean deleteTag(Repository repository, Tag tag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Capabilities probe(Repository repository) {
        throw new UnsupportedOperationException();
    }
}

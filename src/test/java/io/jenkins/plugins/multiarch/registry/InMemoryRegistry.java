package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registries in memory for tests that take milliseconds, as strict as docker-registry: a manifest is refused where a
 * part of it is missing.
 *
 * <p>It remembers what it was asked, one line a call, such as {@code PUT a.example/app 1.4}; {@link #before} sees each
 * line first and may throw or wait.
 */
public final class InMemoryRegistry implements Registry {
    private final Map<Repository, Contents> repositories = new ConcurrentHashMap<>();
    private final Set<String> withoutReferrersApi = new HashSet<>();
    private final List<String> requests = new ArrayList<>();
    private boolean mounts = true;
    private Hook before = request -> {};

    /** Sees a request before it is served. */
    @FunctionalInterface
    public interface Hook {
        void see(String request) throws InterruptedException;
    }

    private static final class Contents {
        final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();
        final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
        final Map<Tag, Digest> tags = new ConcurrentHashMap<>();
    }

    public InMemoryRegistry withoutReferrersApi(String host) {
        withoutReferrersApi.add(host);
        return this;
    }

    public InMemoryRegistry withoutMounts() {
        mounts = false;
        return this;
    }

    public void before(Hook hook) {
        before = hook;
    }

    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<String> requests(String verb) {
        return requests.stream().filter(r -> r.startsWith(verb + " ")).toList();
    }

    /** The requests that change something. */
    public synchronized List<String> writes() {
        return requests.stream()
                .filter(r -> !r.matches("(GET|HEAD|TAGS|REFERRERS|PROBE).*"))
                .toList();
    }

    public synchronized void forgetRequests() {
        requests.clear();
    }

    /** Everything a repository holds, to compare two of them: digests of manifests and blobs, and tags. */
    public Set<String> holdings(Repository repository) {
        Set<String> all = new HashSet<>();
        contents(repository).manifests.keySet().forEach(digest -> all.add("manifest " + digest));
        contents(repository).blobs.keySet().forEach(digest -> all.add("blob " + digest));
        contents(repository).tags.forEach((tag, digest) -> all.add("tag " + tag + " " + digest));
        return all;
    }

    /** Puts content there with nothing checked and nothing remembered. */
    public void plant(Repository repository, Manifest manifest) {
        contents(repository).manifests.put(manifest.digest(), manifest);
    }

    /** As {@link #plant(Repository, Manifest)}, behind a tag. */
    public void plant(Repository repository, Tag tag, Manifest manifest) {
        store(repository, tag, manifest);
    }

    private Contents contents(Repository repository) {
        return repositories.computeIfAbsent(repository, none -> new Contents());
    }

    private void request(String line) throws InterruptedException {
        synchronized (this) {
            requests.add(line);
        }
        before.see(line);
        if (Thread.interrupted()) {
            throw new InterruptedException("while " + line);
        }
    }

    @Override
    public Optional<Manifest> find(Repository repository, Reference reference) throws InterruptedException {
        request("GET " + repository + " " + reference);
        return lookUp(repository, reference);
    }

    @Override
    public Optional<Descriptor> head(Repository repository, Reference reference) throws InterruptedException {
        request("HEAD " + repository + " " + reference);
        return lookUp(repository, reference).map(Manifest::descriptor);
    }

    private Optional<Manifest> lookUp(Repository repository, Reference reference) {
        Contents there = contents(repository);
        Digest digest = reference instanceof Tag tag ? there.tags.get(tag) : (Digest) reference;
        return Optional.ofNullable(digest).map(there.manifests::get);
    }

    @Override
    public void put(Repository repository, Reference reference, Manifest manifest) throws InterruptedException {
        request("PUT " + repository + " " + reference);
        for (Descriptor child : manifest.children()) {
            refuseUnlessThere(repository, reference, child);
        }
        store(repository, reference, manifest);
        if (manifest.subject().isPresent() && withoutReferrersApi.contains(repository.registry())) {
            addToFallback(repository, manifest.subject().get().digest(), manifest);
        }
    }

    private void refuseUnlessThere(Repository repository, Reference reference, Descriptor child) {
        Contents there = contents(repository);
        boolean present = there.manifests.containsKey(child.digest()) || there.blobs.containsKey(child.digest());
        if (!present && !MediaTypes.isForeign(child.mediaType())) {
            throw new RegistryException(
                    "PUT " + address(repository) + "/manifests/" + reference
                            + " was answered with 400 MANIFEST_BLOB_UNKNOWN (it lacks " + child.digest() + ").",
                    "Check what was sent; the registry does not accept it as it is.",
                    400,
                    "MANIFEST_BLOB_UNKNOWN",
                    false,
                    null);
        }
    }

    private static String address(Repository repository) {
        return repository.registry() + "/v2/" + repository.path();
    }

    private void store(Repository repository, Reference reference, Manifest manifest) {
        Contents there = contents(repository);
        there.manifests.put(manifest.digest(), manifest);
        if (reference instanceof Tag tag) {
            there.tags.put(tag, manifest.digest());
        }
    }

    private synchronized void addToFallback(Repository repository, Digest subject, Manifest manifest) {
        Tag tag = fallback(subject);
        List<Descriptor> listed =
                new ArrayList<>(lookUp(repository, tag).map(Manifest::children).orElse(List.of()));
        if (listed.stream().noneMatch(one -> one.digest().equals(manifest.digest()))) {
            listed.add(described(manifest));
            store(repository, tag, ImageIndex.of(listed, Map.of()));
        }
    }

    private static Tag fallback(Digest subject) {
        return new Tag(subject.algorithm() + "-" + subject.hex().substring(0, 64));
    }

    private static Descriptor described(Manifest manifest) {
        return manifest.descriptor().withArtifactType(manifest.artifactType()).withAnnotations(manifest.annotations());
    }

    @Override
    public boolean hasBlob(Repository repository, Digest digest) throws InterruptedException {
        request("HEAD-BLOB " + repository + " " + digest);
        return contents(repository).blobs.containsKey(digest);
    }

    @Override
    public InputStream open(Repository repository, Descriptor blob) throws InterruptedException {
        request("GET-BLOB " + repository + " " + blob.digest());
        byte[] content = contents(repository).blobs.get(blob.digest());
        if (content == null) {
            throw new RegistryException(
                    "GET " + address(repository) + "/blobs/" + blob.digest() + " was answered with 404 BLOB_UNKNOWN.",
                    "Check the name, and that the credentials used for " + repository.registry() + " may see it.",
                    404,
                    "BLOB_UNKNOWN",
                    false,
                    null);
        }
        return new VerifiedStream(new ByteArrayInputStream(content), blob, Progress.NONE);
    }

    @Override
    public void push(Repository repository, Blob blob) throws InterruptedException {
        if (hasBlob(repository, blob.digest())) {
            return;
        }
        request("PUT-BLOB " + repository + " " + blob.digest());
        try (InputStream in = blob.open()) {
            byte[] content = in.readAllBytes();
            if (!blob.digest().matches(content)) {
                throw new RegistryException(
                        "PUT " + address(repository) + "/blobs/uploads/1 was answered with 400 DIGEST_INVALID.",
                        "Check what was sent; the registry does not accept it as it is.",
                        400,
                        "DIGEST_INVALID",
                        false,
                        null);
            }
            contents(repository).blobs.put(blob.digest(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean mount(Repository target, Digest digest, Repository source) throws InterruptedException {
        request("MOUNT " + target + " " + digest);
        byte[] content = contents(source).blobs.get(digest);
        if (!mounts || content == null) {
            return false;
        }
        contents(target).blobs.put(digest, content);
        return true;
    }

    @Override
    public List<Tag> tags(Repository repository) throws InterruptedException {
        request("TAGS " + repository);
        return List.copyOf(new TreeMap<>(contents(repository).tags).keySet());
    }

    @Override
    public List<Descriptor> referrers(Repository repository, Digest subject, String artifactType)
            throws InterruptedException {
        request("REFERRERS " + repository + " " + subject);
        List<Descriptor> all = withoutReferrersApi.contains(repository.registry())
                ? lookUp(repository, fallback(subject)).map(Manifest::children).orElse(List.of())
                : contents(repository).manifests.values().stream()
                        .filter(manifest -> manifest.subject()
                                .filter(about -> about.digest().equals(subject))
                                .isPresent())
                        .map(InMemoryRegistry::described)
                        .toList();
        return all.stream()
                .filter(one -> artifactType.isEmpty() || one.artifactType().equals(artifactType))
                .toList();
    }

    @Override
    public boolean hasReferrersApi(Repository repository) {
        return !withoutReferrersApi.contains(repository.registry());
    }

    @Override
    public boolean delete(Repository repository, Digest digest) throws InterruptedException {
        request("DELETE " + repository + " " + digest);
        contents(repository).tags.values().removeIf(digest::equals);
        return contents(repository).manifests.remove(digest) != null;
    }

    @Override
    public boolean deleteTag(Repository repository, Tag tag) throws InterruptedException {
        request("DELETE " + repository + " " + tag);
        return contents(repository).tags.remove(tag) != null;
    }
}

package io.jenkins.plugins.multiarch.registry.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What one repository holds. A change of tags and manifests together is made holding this object's lock. */
final class StoredRepository {
    private final Map<Digest, StoredBlob> blobs = new ConcurrentHashMap<>();
    private final Map<Digest, StoredManifest> manifests = new ConcurrentHashMap<>();
    private final NavigableMap<String, Digest> tags = new ConcurrentSkipListMap<>();
    private final Map<Digest, NavigableSet<Digest>> referrers = new ConcurrentHashMap<>();
    private final Map<Digest, Set<Digest>> parents = new ConcurrentHashMap<>();
    private volatile boolean wasTagged;

    Map<Digest, StoredBlob> blobs() {
        return blobs;
    }

    Optional<StoredManifest> manifest(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    NavigableMap<String, Digest> tags() {
        return tags;
    }

    /** What a path's last part names: a digest, or a tag. */
    Optional<StoredManifest> find(String reference) {
        Digest digest = reference.indexOf(':') < 0 ? tags.get(reference) : Route.digest(reference);
        return digest == null ? Optional.empty() : manifest(digest);
    }

    NavigableSet<Digest> referrers(Digest subject) {
        return referrers.getOrDefault(subject, new TreeSet<>());
    }

    /** Whether an index of this repository lists it. */
    boolean isListed(Digest digest) {
        return !parents.getOrDefault(digest, Set.of()).isEmpty();
    }

    boolean isTagged(Digest digest) {
        return tags.containsValue(digest);
    }

    List<Digest> digests() {
        return manifests.keySet().stream().sorted().toList();
    }

    synchronized void add(StoredManifest manifest) {
        if (manifests.put(manifest.digest(), manifest) == null) {
            manifest.subject()
                    .ifPresent(subject -> referrers
                            .computeIfAbsent(subject, s -> new ConcurrentSkipListSet<>())
                            .add(manifest.digest()));
            manifest.children()
                    .forEach(child -> parents.computeIfAbsent(child, c -> ConcurrentHashMap.newKeySet())
                            .add(manifest.digest()));
        }
    }

    /** Whether there has ever been a tag, even if all are gone. */
    boolean wasTagged() {
        return wasTagged;
    }

    synchronized void tag(String tag, Digest digest) {
        tags.put(tag, digest);
        wasTagged = true;
    }

    /** Removes a manifest and every tag of it. */
    synchronized boolean remove(Digest digest) {
        StoredManifest manifest = manifests.remove(digest);
        if (manifest == null) {
            return false;
        }
        manifest.subject().ifPresent(subject -> referrers.get(subject).remove(digest));
        manifest.children().forEach(child -> parents.get(child).remove(digest));
        tags.values().removeIf(digest::equals);
        return true;
    }
}

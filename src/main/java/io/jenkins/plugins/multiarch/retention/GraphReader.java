package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Reads what a repository holds. */
final class GraphReader {
    /** Bytes of a configuration. */
    private static final int MAX_CONFIG = 8 << 20;

    /** Types of manifests that list no others. */
    private static final Set<String> SINGLE = Set.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);

    private final Registry registry;
    private final Repository repository;
    private final ManifestReader manifests;
    private final Map<Digest, Node> nodes;
    private final Map<Tag, Digest> tags = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> pushed = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> configured = new ConcurrentHashMap<>();
    /** Tags that are listed and lead nowhere. */
    private final Set<Tag> nowhere = new ConcurrentSkipListSet<>();

    private final Set<Digest> askedForReferrers = new HashSet<>();

    private boolean listed;

    GraphReader(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
        this.manifests = new ManifestReader(registry, repository);
        this.nodes = manifests.nodes();
    }

    /**
     * Reads everything that can be found.
     *
     * @param all what the provider lists; without, the tags are asked for
     * @param more digests that may be there too
     */
    Graph read(Optional<List<StoredManifest>> all, Collection<Digest> more) throws InterruptedException {
        Set<Digest> found = new TreeSet<>(more);
        listed = all.isPresent();
        if (listed) {
            for (StoredManifest manifest : all.get()) {
                found.add(manifest.digest());
                manifest.pushed().ifPresent(time -> pushed.put(manifest.digest(), time));
                manifest.tags().forEach(tag -> tags.put(tag, manifest.digest()));
            }
        } else {
            readTags();
        }
        tags.keySet().forEach(tag -> Graph.named(tag).ifPresent(found::add));
        nodes.values().forEach(node -> found.addAll(node.around()));
        manifests.readAll(found);
        manifests.readAgain(all.orElse(List.of()).stream()
                .map(StoredManifest::digest)
                .filter(digest -> !nodes.containsKey(digest))
                .toList());
        tags.values().removeIf(digest -> !nodes.containsKey(digest));
        return graph();
    }

    boolean lacks(StoredManifest listed) {
        return !nodes.containsKey(listed.digest());
    }

    /**
     * Keeps what a provider lists and has not handed out.
     *
     * @param again what it listed afterwards; what is in it no longer is gone
     */
    Graph withAbsent(Collection<StoredManifest> again) {
        for (StoredManifest manifest : again) {
            manifests.keepIfMissing(manifest.digest());
        }
        return graph();
    }

    /** Takes what a provider says about the times of what it does not list. */
    void take(List<StoredManifest> times) {
        times.forEach(manifest -> manifest.pushed().ifPresent(time -> pushed.put(manifest.digest(), time)));
    }

    private void readTags() throws InterruptedException {
        readTags(registry.tags(repository));
        if (!nowhere.isEmpty()) {
            Set<Tag> again = new TreeSet<>(registry.tags(repository));
            again.retainAll(nowhere);
            nowhere.clear();
            readTags(again);
        }
    }

    private void readTags(Collection<Tag> names) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    names,
                    tag -> manifests
                            .find(tag)
                            .ifPresentOrElse(node -> tags.put(tag, node.digest()), () -> nowhere.add(tag)));
        }
    }

    /**
     * Reads what the registry lists as referrers of these as well.
     *
     * @return nothing where all of them were asked for already
     */
    Optional<Graph> withReferrersOf(Collection<Digest> subjects) throws InterruptedException {
        Set<Digest> asked = new TreeSet<>(subjects);
        asked.removeAll(askedForReferrers);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        askedForReferrers.addAll(asked);
        Set<Digest> found = ConcurrentHashMap.newKeySet();
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    asked,
                    subject -> registry.referrers(repository, subject, "")
                            .forEach(referrer -> found.add(referrer.digest())));
        }
        manifests.readAll(found);
        return Optional.of(graph());
    }

    /**
     * Reads indexes that are about these, or about what is about these, and what they list. Other referrers list no manifests
     * and are not read, and where the provider lists all manifests there is nothing to ask for.
     */
    Set<Digest> listsAbout(Collection<Digest> subjects) throws InterruptedException {
        Set<Digest> lists = ConcurrentHashMap.newKeySet();
        Set<Digest> next = new TreeSet<>(subjects);
        next.removeAll(askedForReferrers);
        if (listed || !registry.hasReferrersApi(repository)) {
            return lists;
        }
        try (WorkPool pool = new WorkPool()) {
            while (!next.isEmpty()) {
                askedForReferrers.addAll(next);
                Set<Digest> about = ConcurrentHashMap.newKeySet();
                pool.each(
                        next,
                        subject -> registry.referrers(repository, subject, "").forEach(referrer -> {
                            about.add(referrer.digest());
                            if (!SINGLE.contains(referrer.mediaType())) {
                                lists.add(referrer.digest());
                            }
                        }));
                about.removeAll(askedForReferrers);
                next = about;
            }
        }
        manifests.readAll(lists);
        lists.retainAll(nodes.keySet());
        return lists;
    }

    /** Reads when these were created, from the configurations of all of their platforms, where nothing else tells for sure. */
    Graph withTimesOf(Collection<Digest> images) throws InterruptedException {
        ImageTimes known = new ImageTimes(graph());
        Set<Digest> asked = new TreeSet<>();
        images.forEach(image -> asked.addAll(known.untoldIn(image)));
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    asked,
                    image ->
                            configured(nodes.get(image).blobs().get(0)).ifPresent(time -> configured.put(image, time)));
        }
        return graph();
    }

    private Optional<Instant> configured(Node.Part config) throws InterruptedException {
        if (config.size() > MAX_CONFIG) {
            return Optional.of(Ages.UNREAD);
        }
        try (InputStream content =
                registry.open(repository, Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), config.size()))) {
            return Ages.read(ImageConfig.parse(content.readAllBytes())
                    .json()
                    .path("created")
                    .asText(""));
        } catch (InterruptedIOException e) {
            throw Registry.interrupted(e);
        } catch (ReleaseException | IOException e) {
            return Optional.of(Ages.UNREAD);
        }
    }

    /**
     * Looks where these tags lead now, and reads what is not known of it.
     *
     * @return those that lead somewhere
     */
    Map<Tag, Digest> readAgain(Collection<Tag> names) throws InterruptedException {
        Map<Tag, Digest> there = new ConcurrentSkipListMap<>();
        Set<Digest> further = ConcurrentHashMap.newKeySet();
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    names,
                    tag -> manifests.find(tag).ifPresent(node -> {
                        there.put(tag, node.digest());
                        further.addAll(node.around());
                    }));
        }
        tags.putAll(there);
        manifests.readAll(further);
        return there;
    }

    Graph graph() {
        Set<Tag> empty = new TreeSet<>(nowhere);
        empty.removeIf(Graph::isAttached);
        return new Graph(repository, nodes, tags, pushed, configured, new Unread(empty, manifests.missingIndexes()));
    }
}

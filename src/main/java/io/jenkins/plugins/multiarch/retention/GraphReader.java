package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Reference;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.image.UnreadableManifest;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Reads what a repository holds, each manifest once and a few at a time. */
final class GraphReader {
    /** Manifests of one repository; more are refused. */
    private static final int MAX_MANIFESTS = 500_000;
    /** Bytes of a configuration. */
    private static final int MAX_CONFIG = 8 << 20;

    /** Types of manifests that list no others. */
    private static final Set<String> SINGLE = Set.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);

    private final Registry registry;
    private final Repository repository;
    private final Map<Digest, Node> nodes = new ConcurrentHashMap<>();
    private final Map<Tag, Digest> tags = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> pushed = new ConcurrentHashMap<>();
    private final Map<Digest, Instant> configured = new ConcurrentHashMap<>();
    /** Asked for already, there or not. */
    private final Set<Digest> seen = new HashSet<>();

    /** Tags that are listed and lead nowhere. */
    private final Set<Tag> nowhere = new ConcurrentSkipListSet<>();
    /** What an index lists as another index. */
    private final Set<Digest> indexes = ConcurrentHashMap.newKeySet();

    private final Set<Digest> askedForReferrers = new HashSet<>();

    private boolean listed;

    GraphReader(Registry registry, Repository repository) {
        this.registry = registry;
        this.repository = repository;
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
        nodes.values().forEach(node -> found.addAll(around(node)));
        readAll(found);
        Set<Digest> known = new TreeSet<>();
        all.ifPresent(manifests -> manifests.forEach(manifest -> known.add(manifest.digest())));
        known.addAll(indexes);
        readAgainWhatIsMissing(known);
        tags.values().removeIf(digest -> !nodes.containsKey(digest));
        return graph();
    }

    /** A registry may answer with 404 for a moment. */
    private void readAgainWhatIsMissing(Set<Digest> known) throws InterruptedException {
        Set<Digest> again = new TreeSet<>(known);
        again.removeIf(nodes::containsKey);
        while (!again.isEmpty()) {
            known.addAll(again);
            seen.removeAll(again);
            readAll(again);
            again = new TreeSet<>(indexes);
            again.removeIf(digest -> nodes.containsKey(digest) || known.contains(digest));
        }
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
            if (seen.contains(manifest.digest())) {
                nodes.putIfAbsent(manifest.digest(), Node.absent(manifest.digest()));
            }
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
        seen.addAll(nodes.keySet());
    }

    private void readTags(Collection<Tag> names) throws InterruptedException {
        try (WorkPool pool = new WorkPool()) {
            pool.each(
                    names,
                    tag -> find(tag).ifPresentOrElse(node -> tags.put(tag, node.digest()), () -> nowhere.add(tag)));
        }
    }

    /** Reads these and whatever they lead to. */
    private void readAll(Collection<Digest> digests) throws InterruptedException {
        Set<Digest> next = new TreeSet<>(digests);
        try (WorkPool pool = new WorkPool()) {
            next.removeIf(digest -> !seen.add(digest));
            while (!next.isEmpty()) {
                if (seen.size() > MAX_MANIFESTS) {
                    throw new ReleaseException(
                            repository + " has more than " + MAX_MANIFESTS + " manifests.",
                            "Ask whoever runs the registry to delete them by its own means.");
                }
                pool.each(next, this::find);
                Set<Digest> further = new TreeSet<>();
                next.stream().map(nodes::get).filter(Objects::nonNull).forEach(node -> further.addAll(around(node)));
                further.removeIf(digest -> !seen.add(digest));
                next = further;
            }
        }
    }

    private static Set<Digest> around(Node node) {
        Set<Digest> all = new HashSet<>(node.manifests());
        node.subject().ifPresent(all::add);
        return all;
    }

    private Optional<Node> find(Reference reference) throws InterruptedException {
        Optional<Node> node;
        try {
            Optional<Manifest> manifest = registry.find(repository, reference);
            manifest.ifPresent(this::noteIndexes);
            node = manifest.map(Node::of);
        } catch (UnreadableManifest e) {
            node = Optional.of(Node.of(e));
        }
        node.ifPresent(one -> nodes.putIfAbsent(one.digest(), one));
        return node;
    }

    private void noteIndexes(Manifest manifest) {
        manifest.children().stream()
                .filter(child -> MediaTypes.isIndex(child.mediaType()))
                .forEach(child -> indexes.add(child.digest()));
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
        readAll(found);
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
        readAll(lists);
        lists.retainAll(nodes.keySet());
        return lists;
    }

    /** Reads when these were created, from the configurations of all of their platforms, where nothing else tells for sure. */
    Graph withTimesOf(Collection<Digest> images) throws InterruptedException {
        Graph known = graph();
        Set<Digest> asked = new TreeSet<>();
        images.forEach(image -> asked.addAll(known.untimedIn(image)));
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
                    tag -> find(tag).ifPresent(node -> {
                        there.put(tag, node.digest());
                        further.addAll(around(node));
                    }));
        }
        tags.putAll(there);
        readAll(further);
        return there;
    }

    Graph graph() {
        Set<Tag> empty = new TreeSet<>(nowhere);
        empty.removeIf(Graph::isAttached);
        Set<Digest> missing = new TreeSet<>(indexes);
        missing.removeIf(nodes::containsKey);
        return new Graph(repository, nodes, tags, pushed, configured, new Unread(empty, missing));
    }
}

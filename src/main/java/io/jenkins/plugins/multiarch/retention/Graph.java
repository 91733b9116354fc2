package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a repository held when it was read: its manifests, and what needs what.
 *
 * <p>A manifest needs what it lists and what it is about. What is about a manifest goes with it: referrers, lists of them
 * under a fallback tag (OCI distribution-spec 1.1, "Referrers Tag Schema"), and what cosign keeps under {@code .sig},
 * {@code .att} and {@code .sbom}. A tag that ends in {@code .kept} is an {@linkplain Anchors anchor} of its own manifest.
 */
class Graph {
    private static final Pattern ATTACHED = Pattern.compile("(sha256|sha512)-([0-9a-f]{64})(\\.(sig|att|sbom|kept))?");
    private static final int TAG_DIGITS = 64;

    private final Repository repository;
    private final Map<Digest, Node> nodes;
    private final SortedMap<Tag, Digest> tags;
    private final Map<Digest, Instant> pushed;
    private final Map<Digest, Instant> configured;
    private final Unread unread;
    private final Map<Digest, List<Tag>> tagsOf = new HashMap<>();
    private final Map<Digest, List<Digest>> attached = new HashMap<>();
    private final Map<Digest, List<Digest>> parents = new HashMap<>();
    private final Map<String, Digest> byTagName = new HashMap<>();

    /**
     * @param pushed what the provider says
     * @param configured when images were created by their configuration
     */
    Graph(
            Repository repository,
            Map<Digest, Node> nodes,
            Map<Tag, Digest> tags,
            Map<Digest, Instant> pushed,
            Map<Digest, Instant> configured) {
        this(repository, nodes, tags, pushed, configured, Unread.NOTHING);
    }

    Graph(
            Repository repository,
            Map<Digest, Node> nodes,
            Map<Tag, Digest> tags,
            Map<Digest, Instant> pushed,
            Map<Digest, Instant> configured,
            Unread unread) {
        this.repository = repository;
        this.nodes = Map.copyOf(nodes);
        this.tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        this.pushed = Map.copyOf(pushed);
        this.configured = Map.copyOf(configured);
        this.unread = unread;
        nodes.keySet().forEach(digest -> byTagName.put(tagName(digest), digest));
        this.tags.forEach(this::place);
        nodes.values().forEach(this::connect);
    }

    private void place(Tag tag, Digest digest) {
        add(tagsOf, digest, tag);
        subject(tag).ifPresent(about -> add(attached, about, digest));
    }

    private void connect(Node node) {
        node.subject().ifPresent(about -> add(attached, about, node.digest()));
        node.manifests().forEach(child -> add(parents, child, node.digest()));
    }

    private static <K, V> void add(Map<K, List<V>> lists, K key, V value) {
        lists.computeIfAbsent(key, none -> new ArrayList<>(1)).add(value);
    }

    private static String tagName(Digest digest) {
        return digest.algorithm() + "-" + digest.hex().substring(0, TAG_DIGITS);
    }

    /** Whether a tag by its form belongs to a manifest of the repository, there or not, and is nobody's name for an image. */
    static boolean isAttached(Tag tag) {
        return ATTACHED.matcher(tag.name()).matches();
    }

    /** The digest that a tag is about by its form, as far as the form tells it. */
    static Optional<Digest> named(Tag tag) {
        Matcher form = ATTACHED.matcher(tag.name());
        return form.matches() && form.group(1).equals("sha256")
                ? Optional.of(new Digest("sha256", form.group(2)))
                : Optional.empty();
    }

    private Optional<Digest> subject(Tag tag) {
        Matcher form = ATTACHED.matcher(tag.name());
        return form.matches()
                ? Optional.ofNullable(byTagName.get(form.group(1) + "-" + form.group(2)))
                : Optional.empty();
    }

    Repository repository() {
        return repository;
    }

    Map<Digest, Node> nodes() {
        return nodes;
    }

    /** All tags, in lexical order. */
    SortedMap<Tag, Digest> tags() {
        return tags;
    }

    List<Tag> tagsOf(Digest digest) {
        return tagsOf.getOrDefault(digest, List.of());
    }

    /** What is about a manifest. */
    List<Digest> attachedTo(Digest digest) {
        return attached.getOrDefault(digest, List.of());
    }

    /** What lists a manifest. */
    List<Digest> parentsOf(Digest digest) {
        return parents.getOrDefault(digest, List.of());
    }

    /** Whether it is there for another manifest only, by its subject or its tags. */
    boolean isAttachment(Digest digest) {
        return nodes.get(digest).subject().isPresent()
                || tagsOf(digest).stream().anyMatch(Graph::isAttached);
    }

    /** What it is about, as far as that is there. */
    List<Digest> subjectsOf(Digest digest) {
        List<Digest> all = new ArrayList<>();
        nodes.get(digest).subject().filter(nodes::containsKey).ifPresent(all::add);
        tagsOf(digest).forEach(tag -> subject(tag).ifPresent(all::add));
        return all;
    }

    /** What is there for a manifest: what it lists, and what is about it. */
    List<Digest> partsOf(Digest digest) {
        List<Digest> all = new ArrayList<>(nodes.get(digest).manifests());
        all.addAll(attachedTo(digest));
        all.removeIf(other -> !nodes.containsKey(other));
        return all;
    }

    /** What goes with a manifest that is kept: its parts, and what it is about. */
    List<Digest> neighboursOf(Digest digest) {
        List<Digest> all = partsOf(digest);
        all.addAll(subjectsOf(digest));
        return all;
    }

    /** All that goes with these and with what goes with them, themselves among them. */
    Set<Digest> neighbourhood(Collection<Digest> from) {
        Set<Digest> all = new TreeSet<>();
        Deque<Digest> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            Digest digest = next.pop();
            if (all.add(digest)) {
                next.addAll(neighboursOf(digest));
            }
        }
        return all;
    }

    /** Whether it is about what is not there. */
    boolean isOrphan(Digest digest) {
        return isAttachment(digest) && subjectsOf(digest).isEmpty();
    }

    /** Whether a tag that is somebody's name for an image leads to it. */
    boolean isNamed(Digest digest) {
        return tagsOf(digest).stream().anyMatch(tag -> !isAttached(tag));
    }

    Unread unread() {
        return unread;
    }

    /** What it lists and is not there. */
    List<Digest> missingFrom(Digest digest) {
        Node node = nodes.get(digest);
        return node.unreadable().isEmpty()
                ? node.manifests().stream()
                        .filter(child -> !nodes.containsKey(child))
                        .toList()
                : List.of();
    }

    /** The latest of when it was created, pushed and last promoted, as far as anybody says. */
    Optional<Instant> time(Digest digest) {
        return new ImageTimes(this).of(digest);
    }

    Map<Digest, Instant> pushed() {
        return pushed;
    }

    Map<Digest, Instant> configured() {
        return configured;
    }
}

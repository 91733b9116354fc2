package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which manifests of a repository are kept, and which are not: whatever can be reached from a tag or digest that is kept
 * stays (mark and sweep).
 */
final class Marks {
    private final Graph graph;
    private final RetentionRules rules;
    private final Instant now;
    private final Map<Tag, TagVerdict> verdicts;
    private final Map<Digest, String> kept = new LinkedHashMap<>();

    private Marks(Graph graph, RetentionRules rules, Instant now) {
        this.graph = graph;
        this.rules = rules;
        this.now = now;
        this.verdicts = rules.judge(graph.repository(), tagged(graph), now);
    }

    static Marks of(Graph graph, RetentionRules rules, Collection<Root> roots, Instant now) {
        return of(graph, rules, roots, Set.of(), now);
    }

    /** @param judged to go unless something that is kept needs them */
    static Marks of(Graph graph, RetentionRules rules, Collection<Root> roots, Collection<Digest> judged, Instant now) {
        Marks marks = new Marks(graph, rules, now);
        marks.markTags();
        marks.markRoots(roots);
        marks.markUnreadable();
        marks.markWhatMayHangUnderTheUnread();
        marks.markUntagged(judged);
        return marks;
    }

    /** The tags that rules judge. */
    static List<TaggedManifest> tagged(Graph graph) {
        return graph.tags().entrySet().stream()
                .filter(entry -> !Graph.isAttached(entry.getKey()))
                .map(entry -> new TaggedManifest(entry.getKey(), entry.getValue(), graph.time(entry.getValue())))
                .toList();
    }

    Map<Tag, TagVerdict> verdicts() {
        return verdicts;
    }

    boolean isKept(Digest digest) {
        return kept.containsKey(digest);
    }

    /** Why a manifest is kept; a clause. */
    String reason(Digest digest) {
        return kept.get(digest);
    }

    Set<Digest> kept() {
        return Set.copyOf(kept.keySet());
    }

    Set<Digest> deleted() {
        Set<Digest> all = new TreeSet<>(graph.nodes().keySet());
        all.removeAll(kept.keySet());
        return all;
    }

    private void markTags() {
        for (Map.Entry<Tag, Digest> tag : graph.tags().entrySet()) {
            Optional.ofNullable(verdicts.get(tag.getKey()))
                    .filter(TagVerdict::kept)
                    .ifPresent(
                            verdict -> mark(tag.getValue(), "tag " + tag.getKey() + " is kept: " + verdict.reason()));
        }
    }

    private void markRoots(Collection<Root> roots) {
        roots.stream()
                .filter(root -> root.isIn(graph.repository()))
                .filter(root -> graph.nodes().containsKey(root.digest()))
                .forEach(root -> mark(root.digest(), root.reason()));
    }

    private void markUnreadable() {
        graph.nodes().values().stream()
                .filter(node -> !node.unreadable().isEmpty())
                .map(Node::digest)
                .sorted()
                .forEach(digest -> mark(digest, "it cannot be read, so nobody knows what it is"));
    }

    private void markWhatMayHangUnderTheUnread() {
        unread().ifPresent(what -> deleted().stream()
                .filter(digest -> !graph.isNamed(digest))
                .filter(digest -> graph.subjectsOf(digest).stream().noneMatch(graph::isNamed))
                .forEach(digest -> mark(digest, "it has no tag, and " + what + ", may need it")));
    }

    /** What is there and cannot be read, so that nobody knows what it needs; a clause of one. */
    Optional<String> unread() {
        return Stream.of(
                        graph.unread().tags().stream()
                                .sorted()
                                .map(tag -> "the tag " + tag + ", which is listed and leads nowhere"),
                        graph.nodes().values().stream()
                                .filter(Node::isAbsent)
                                .map(Node::digest)
                                .sorted()
                                .map(digest -> digest.abbreviated() + ", which is listed and cannot be read"),
                        kept.keySet().stream()
                                .flatMap(digest -> graph.missingFrom(digest).stream())
                                .filter(graph.unread().indexes()::contains)
                                .sorted()
                                .map(digest -> digest.abbreviated() + ", an index that is not there"))
                .flatMap(all -> all)
                .findFirst();
    }

    /** Those that no tag which goes leads to, as long as they may still be needed. */
    private void markUntagged(Collection<Digest> judged) {
        Stream<Digest> named = graph.tags().entrySet().stream()
                .filter(tag -> !Graph.isAttached(tag.getKey()))
                .map(Map.Entry::getValue);
        Set<Digest> gone = partsOf(Stream.concat(named, judged.stream().filter(graph.nodes()::containsKey))
                .filter(digest -> !isKept(digest))
                .toList());
        deleted().stream()
                .filter(digest -> !gone.contains(digest))
                .forEach(digest -> grace(digest).ifPresent(reason -> mark(digest, reason)));
    }

    private Optional<String> grace(Digest digest) {
        if (isKept(digest)) {
            return Optional.empty();
        }
        if (graph.isOrphan(digest)) {
            return Optional.of("what it is about is not there, and may be in another repository or on its way");
        }
        if (rules.untaggedAfter().isEmpty()) {
            return Optional.of("it has no tag, and such ones are kept");
        }
        Optional<Instant> time = graph.time(digest);
        if (time.isEmpty()) {
            boolean part =
                    graph.isAttachment(digest) || !graph.parentsOf(digest).isEmpty();
            return part ? Optional.empty() : Optional.of("it has no tag, and nobody knows its age");
        }
        return time.filter(at -> at.isAfter(now.minus(rules.untaggedAfter().get())))
                .map(at -> "it has no tag and is younger than "
                        + Ages.shown(rules.untaggedAfter().get()));
    }

    /** Those, and whatever is there for them and not kept. */
    private Set<Digest> partsOf(Collection<Digest> tagged) {
        Set<Digest> all = new TreeSet<>();
        walk(tagged, digest -> !isKept(digest) && all.add(digest), graph::partsOf);
        return all;
    }

    /**
     * Keeps an index with which the provider would delete something that stays, for it lists it and nothing else that stays
     * does, nor has it a tag.
     *
     * @param provider as it is called in a reason
     */
    void keepWhatTakesAlong(String provider) {
        Deque<Digest> next = new ArrayDeque<>(kept.keySet());
        while (!next.isEmpty()) {
            Digest stays = next.pop();
            List<Digest> parents = graph.parentsOf(stays);
            if (parents.isEmpty() || hasTagThatStays(stays) || parents.stream().anyMatch(this::isKept)) {
                continue;
            }
            Set<Digest> before = kept();
            mark(
                    parents.stream().min(Digest::compareTo).orElseThrow(),
                    "with it " + provider + " would delete " + stays.abbreviated() + ", which stays");
            kept.keySet().stream().filter(digest -> !before.contains(digest)).forEach(next::add);
        }
    }

    private boolean hasTagThatStays(Digest digest) {
        return graph.tagsOf(digest).stream().map(verdicts::get).anyMatch(verdict -> verdict == null || verdict.kept());
    }

    private void mark(Digest root, String reason) {
        walk(
                List.of(root),
                digest -> kept.putIfAbsent(digest, digest.equals(root) ? reason : part(root, reason)) == null,
                graph::neighboursOf);
    }

    private static String part(Digest root, String reason) {
        return "it belongs to " + root.abbreviated() + ", which stays because " + reason;
    }

    private static void walk(Collection<Digest> from, Predicate<Digest> enter, Function<Digest, List<Digest>> further) {
        Deque<Digest> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            Digest digest = next.pop();
            if (enter.test(digest)) {
                next.addAll(further.apply(digest));
            }
        }
    }
}

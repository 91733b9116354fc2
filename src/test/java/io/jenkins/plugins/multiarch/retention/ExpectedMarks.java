package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has to become of a random repository, found by going through all pairs again and again, with nothing of ours. */
final class ExpectedMarks {
    private final RandomGraph random;
    private final Set<RandomGraph.Edge> about = new HashSet<>();
    private final Set<RandomGraph.Edge> lists = new HashSet<>();
    private final Set<Digest> attachments = new HashSet<>();
    private final Map<Digest, Optional<Instant>> times = new HashMap<>();
    private final Map<Tag, Digest> named = new TreeMap<>();
    private final Map<Tag, TagVerdict> verdicts;
    private final Set<Digest> needed;
    private final Set<Digest> kept;

    ExpectedMarks(RandomGraph random) {
        this.random = random;
        random.nodes.values().forEach(this::connect);
        random.tags.forEach(this::attach);
        random.nodes.keySet().forEach(digest -> times.put(digest, timeOf(digest)));
        random.tags.forEach((tag, digest) -> {
            if (!tag.name().startsWith("sha256-")) {
                named.put(tag, digest);
            }
        });
        verdicts = random.rules.judge(named, times::get);
        Set<Digest> roots = new HashSet<>();
        named.forEach((tag, digest) -> {
            if (verdicts.get(tag).kept()) {
                roots.add(digest);
            }
        });
        random.roots.forEach(root -> roots.add(root.digest()));
        random.nodes.values().stream()
                .filter(node -> !node.unreadable().isEmpty())
                .forEach(node -> roots.add(node.digest()));
        needed = reachable(roots, random.edges);
        roots.addAll(untagged());
        kept = reachable(roots, random.edges);
    }

    private void connect(Node node) {
        node.manifests().stream()
                .filter(random.nodes::containsKey)
                .forEach(child -> lists.add(new RandomGraph.Edge(node.digest(), child)));
        node.subject().ifPresent(subject -> {
            attachments.add(node.digest());
            about.add(new RandomGraph.Edge(node.digest(), subject));
        });
    }

    private void attach(Tag tag, Digest digest) {
        if (tag.name().startsWith("sha256-")) {
            attachments.add(digest);
            String hex = tag.name().substring(7).replaceAll("[.].*", "");
            about.add(new RandomGraph.Edge(digest, new Digest("sha256", hex)));
        }
    }

    /** What stays by a tag or a root, whatever is known of the rest. */
    Set<Digest> needed() {
        return needed;
    }

    Set<Digest> kept() {
        return kept;
    }

    Set<Digest> deleted() {
        Set<Digest> rest = new TreeSet<>(random.nodes.keySet());
        rest.removeAll(kept);
        return rest;
    }

    /** The tags that are there afterwards. */
    Map<Tag, Digest> tagsThatStay() {
        Map<Tag, Digest> stay = new TreeMap<>(random.tags);
        stay.entrySet().removeIf(tag -> !kept.contains(tag.getValue()) || !stays(tag.getKey()));
        return stay;
    }

    /** Whether a tag stays as long as its manifest does. */
    boolean stays(Tag tag) {
        return !named.containsKey(tag) || verdicts.get(tag).kept();
    }

    /** When a manifest was made or promoted, as far as anybody says. */
    Optional<Instant> time(Digest digest) {
        return times.get(digest);
    }

    /** The tags that are names for images. */
    Map<Tag, Digest> named() {
        return named;
    }

    TagVerdict verdict(Tag tag) {
        return verdicts.get(tag);
    }

    /** The latest of when it and what it lists was made, when it was pushed, and when it was promoted. */
    private Optional<Instant> timeOf(Digest digest) {
        Set<Instant> all = new TreeSet<>();
        reachable(Set.of(digest), lists)
                .forEach(part -> random.nodes.get(part).created().ifPresent(all::add));
        Optional.ofNullable(random.pushed.get(digest)).ifPresent(all::add);
        about.stream()
                .filter(edge -> edge.to().equals(digest))
                .map(edge -> random.nodes.get(edge.from()))
                .filter(Node::receipt)
                .forEach(node -> node.created().ifPresent(all::add));
        return all.stream().reduce((one, other) -> other);
    }

    /** By going through all edges until nothing is new. */
    static Set<Digest> reachable(Set<Digest> roots, Collection<RandomGraph.Edge> edges) {
        Set<Digest> found = new HashSet<>(roots);
        boolean more = true;
        while (more) {
            more = false;
            for (RandomGraph.Edge edge : edges) {
                more |= found.contains(edge.from()) && found.add(edge.to());
            }
        }
        return found;
    }

    /** What nobody names any more and may be of a build that is pushing. */
    private Set<Digest> untagged() {
        Set<Digest> going = new HashSet<>(named.values());
        going.addAll(random.judged);
        going.removeAll(needed);
        List<RandomGraph.Edge> down = random.edges.stream()
                .filter(edge -> !needed.contains(edge.to()))
                .filter(edge -> isPart(edge.from(), edge.to()))
                .toList();
        Set<Digest> gone = reachable(going, down);
        Set<Digest> stay = new HashSet<>();
        for (Digest digest : random.nodes.keySet()) {
            if (!needed.contains(digest) && !gone.contains(digest) && maySurvive(digest)) {
                stay.add(digest);
            }
        }
        return stay;
    }

    private boolean isPart(Digest whole, Digest part) {
        return lists.contains(new RandomGraph.Edge(whole, part)) || isAbout(part, whole);
    }

    private boolean isAbout(Digest referrer, Digest subject) {
        return about.contains(new RandomGraph.Edge(referrer, subject));
    }

    boolean isAttachment(Digest digest) {
        return attachments.contains(digest);
    }

    List<Digest> subjects(Digest digest) {
        return about.stream()
                .filter(edge -> edge.from().equals(digest))
                .map(RandomGraph.Edge::to)
                .filter(random.nodes::containsKey)
                .toList();
    }

    List<Digest> parents(Digest digest) {
        return lists.stream()
                .filter(edge -> edge.to().equals(digest))
                .map(RandomGraph.Edge::from)
                .toList();
    }

    private boolean maySurvive(Digest digest) {
        boolean orphan = isAttachment(digest) && subjects(digest).isEmpty();
        if (orphan || random.rules.untaggedAfter().isEmpty()) {
            return true;
        }
        return times.get(digest).isPresent()
                ? isYoungerThan(random.rules.untaggedAfter().get(), digest)
                : parents(digest).isEmpty() && !isAttachment(digest);
    }

    boolean isYoungerThan(Duration age, Digest digest) {
        return Duration.between(times.get(digest).orElseThrow(), RandomGraph.NOW)
                        .compareTo(age)
                < 0;
    }
}

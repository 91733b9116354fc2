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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to become of a random repository, found by going through all pairs again and again, with nothing of ours. */
final class ExpectedMarks {
    private static final Pattern BELONGS =
            Pattern.compile("it belongs to (sha256:[0-9a-f]{12}), which stays because (.*)", Pattern.DOTALL);
    private static final Pattern TAGGED = Pattern.compile("tag ([^ ]+) is kept: (.*)");
    private static final Pattern YOUNGER = Pattern.compile("it has no tag and is younger than ([0-9]+)d");

    private final RandomGraph random;
    private final Map<Digest, Optional<Instant>> times = new HashMap<>();
    private final Map<Tag, Digest> named = new TreeMap<>();
    private final Map<Tag, TagVerdict> verdicts;
    private final Set<Digest> needed;
    private final Set<Digest> kept;

    ExpectedMarks(RandomGraph random) {
        this.random = random;
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
        stay.entrySet()
                .removeIf(tag -> !kept.contains(tag.getValue())
                        || named.containsKey(tag.getKey())
                                && !verdicts.get(tag.getKey()).kept());
        return stay;
    }

    TagVerdict verdict(Tag tag) {
        return verdicts.get(tag);
    }

    /** The latest of when it and what it lists was made, when it was pushed, and when it was promoted. */
    private Optional<Instant> timeOf(Digest digest) {
        Set<Instant> all = new TreeSet<>();
        List<RandomGraph.Edge> lists = random.edges.stream()
                .filter(edge -> random.nodes.get(edge.from()).manifests().contains(edge.to()))
                .toList();
        reachable(Set.of(digest), lists)
                .forEach(part -> random.nodes.get(part).created().ifPresent(all::add));
        Optional.ofNullable(random.pushed.get(digest)).ifPresent(all::add);
        random.nodes.values().stream()
                .filter(node -> node.receipt() && isAbout(node.digest(), digest))
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
        return random.nodes.get(whole).manifests().contains(part) || isAbout(part, whole);
    }

    private boolean isAbout(Digest referrer, Digest subject) {
        return random.nodes.get(referrer).subject().filter(subject::equals).isPresent()
                || random.tags.entrySet().stream()
                        .anyMatch(tag -> tag.getValue().equals(referrer)
                                && tag.getKey().name().startsWith("sha256-" + subject.hex()));
    }

    private boolean isAttachment(Digest digest) {
        return random.nodes.get(digest).subject().isPresent()
                || random.tags.entrySet().stream()
                        .anyMatch(tag -> tag.getValue().equals(digest)
                                && tag.getKey().name().startsWith("sha256-"));
    }

    private List<Digest> subjects(Digest digest) {
        return random.nodes.keySet().stream()
                .filter(subject -> isAbout(digest, subject))
                .toList();
    }

    private List<Digest> parents(Digest digest) {
        return random.nodes.values().stream()
                .filter(node -> node.manifests().contains(digest))
                .map(Node::digest)
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

    private boolean isYoungerThan(Duration age, Digest digest) {
        return Duration.between(times.get(digest).orElseThrow(), RandomGraph.NOW)
                        .compareTo(age)
                < 0;
    }

    /** Whether a plan says the truth of a manifest, all of it. */
    boolean isTrue(Digest digest, boolean stays, String reason) {
        return stays == kept.contains(digest) && (stays ? isKeptFor(digest, reason) : isDeletedFor(digest, reason));
    }

    private boolean isKeptFor(Digest digest, String reason) {
        Matcher belongs = BELONGS.matcher(reason);
        if (belongs.matches()) {
            return random.nodes.keySet().stream()
                    .filter(other -> other.toString().startsWith(belongs.group(1)))
                    .anyMatch(root -> isARoot(root, belongs.group(2))
                            && reachable(Set.of(root), random.edges).contains(digest));
        }
        return isARoot(digest, reason);
    }

    private boolean isARoot(Digest digest, String reason) {
        Matcher tagged = TAGGED.matcher(reason);
        if (tagged.matches()) {
            Tag tag = new Tag(tagged.group(1));
            return digest.equals(named.get(tag)) && new TagVerdict(true, tagged.group(2)).equals(verdicts.get(tag));
        }
        Matcher younger = YOUNGER.matcher(reason);
        if (younger.matches()) {
            Duration age = Duration.ofDays(Long.parseLong(younger.group(1)));
            return !named.containsValue(digest)
                    && random.rules.untaggedAfter().filter(age::equals).isPresent()
                    && isYoungerThan(age, digest);
        }
        return switch (reason) {
            case "a cluster runs it" ->
                random.roots.stream().anyMatch(root -> root.digest().equals(digest));
            case "it cannot be read, so nobody knows what it is" ->
                !random.nodes.get(digest).unreadable().isEmpty();
            case "what it is about is not there, and may be in another repository or on its way" ->
                isAttachment(digest) && subjects(digest).isEmpty();
            case "it has no tag, and such ones are kept" ->
                !named.containsValue(digest) && random.rules.untaggedAfter().isEmpty();
            case "it has no tag, and nobody knows its age" ->
                !named.containsValue(digest) && times.get(digest).isEmpty();
            default -> false;
        };
    }

    private boolean isDeletedFor(Digest digest, String reason) {
        StringBuilder byTags = new StringBuilder();
        named.forEach((tag, to) -> {
            if (to.equals(digest)) {
                byTags.append(byTags.isEmpty() ? "" : "; ")
                        .append("tag " + tag + ": " + verdicts.get(tag).reason());
            }
        });
        if (!byTags.isEmpty()) {
            return reason.contentEquals(byTags);
        }
        return switch (reason) {
            case "what it is about goes" ->
                !subjects(digest).isEmpty() && subjects(digest).stream().noneMatch(kept::contains);
            case "what it is about is gone" ->
                isAttachment(digest) && subjects(digest).isEmpty();
            case "only what goes lists it" ->
                !parents(digest).isEmpty() && parents(digest).stream().noneMatch(kept::contains);
            case "it has no tag, and nothing that stays needs it" ->
                !isAttachment(digest) && parents(digest).isEmpty();
            default -> false;
        };
    }
}

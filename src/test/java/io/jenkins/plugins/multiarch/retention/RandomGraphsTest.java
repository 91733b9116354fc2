package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomGraphsTest {
    private static final int GRAPHS = 20_000;

    /** Who says what is deleted of a repository. */
    private interface Sweeper {
        Set<Digest> deleted(RandomGraph random, RetentionRules rules, List<Root> roots);
    }

    /** Mistakes that tools were seen to make. */
    private enum Mistake implements Sweeper {
        /** What an index lists has no tag, and goes. */
        FORGETS_CHILDREN {
            @Override
            boolean follows(RandomGraph random, RandomGraph.Edge edge) {
                return !random.nodes.get(edge.from()).manifests().contains(edge.to());
            }
        },
        /** What is about an image goes, as nothing lists it. */
        FORGETS_REFERRERS {
            @Override
            boolean follows(RandomGraph random, RandomGraph.Edge edge) {
                return !random.nodes
                        .get(edge.to())
                        .subject()
                        .filter(edge.from()::equals)
                        .isPresent();
            }
        },
        /** Only what is one step away from a tag stays. */
        FORGETS_NESTED {
            @Override
            public Set<Digest> deleted(RandomGraph random, RetentionRules rules, List<Root> roots) {
                Set<Digest> kept = new HashSet<>(keptRoots(random, rules, roots));
                for (RandomGraph.Edge edge : random.edges) {
                    if (keptRoots(random, rules, roots).contains(edge.from())) {
                        kept.add(edge.to());
                    }
                }
                return without(random, kept);
            }
        };

        boolean follows(RandomGraph random, RandomGraph.Edge edge) {
            return true;
        }

        @Override
        public Set<Digest> deleted(RandomGraph random, RetentionRules rules, List<Root> roots) {
            List<RandomGraph.Edge> seen =
                    random.edges.stream().filter(edge -> follows(random, edge)).toList();
            return without(random, reachable(keptRoots(random, rules, roots), seen));
        }
    }

    @Test
    void deletesNothingThatAKeptRootNeedsAndEverythingElse() {
        List<Long> wrong = new ArrayList<>();
        long deleted = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            Set<Digest> ours = deletedByUs(seed);
            deleted += ours.size();
            if (!ours.equals(expected(seed))) {
                wrong.add(seed);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(deleted)
                .as("graphs of which nothing goes would show nothing")
                .isGreaterThan(GRAPHS / 2);
    }

    @ParameterizedTest
    @EnumSource
    void catchesAMistakeThatOthersMade(Mistake mistake) {
        long caught = Stream.iterate(0L, seed -> seed + 1)
                .limit(2_000)
                .filter(seed -> {
                    RandomGraph random = new RandomGraph(seed);
                    return !mistake.deleted(random, random.rules(), random.roots())
                            .equals(expected(seed));
                })
                .count();

        assertThat(caught).isGreaterThan(50);
    }

    @Test
    void givesReasonsThatAreTrue() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed);
            Graph graph = random.graph();
            Marks marks = Marks.of(graph, random.rules(), random.roots(), RandomGraph.NOW);
            for (PlannedManifest manifest : new ReadRepository(null, graph, marks).manifests()) {
                assertThat(isTrue(manifest, random, marks))
                        .as("seed %s: %s", seed, manifest.line())
                        .isTrue();
            }
        }
    }

    private static boolean isTrue(PlannedManifest manifest, RandomGraph random, Marks marks) {
        String reason = manifest.reason();
        Digest digest = manifest.digest();
        if (reason.startsWith("it belongs to ")) {
            return random.nodes.keySet().stream()
                    .filter(other -> reason.contains(other.abbreviated()))
                    .anyMatch(root -> marks.isKept(root)
                            && reachable(Set.of(root), random.edges).contains(digest));
        }
        if (reason.startsWith("tag ")) {
            return manifest.tags().stream()
                    .anyMatch(tag -> reason.startsWith("tag " + tag + ":") || reason.startsWith("tag " + tag + " "));
        }
        return switch (reason) {
            case "a cluster runs it" -> random.nodes.containsKey(digest);
            case "it cannot be read, so nobody knows what it is" ->
                !random.nodes.get(digest).unreadable().isEmpty();
            case "only what goes lists it" ->
                random.nodes.values().stream()
                        .filter(node -> node.manifests().contains(digest))
                        .noneMatch(node -> marks.isKept(node.digest()));
            case "what it is about goes" ->
                random.edges.stream()
                        .filter(edge -> edge.from().equals(digest))
                        .anyMatch(edge -> !marks.isKept(edge.to()));
            case "what it is about is gone" -> true;
            default ->
                reason.startsWith("it has no tag") && manifest.tags().stream().allMatch(Graph::isAttached);
        };
    }

    private static Set<Digest> deletedByUs(long seed) {
        RandomGraph random = new RandomGraph(seed);
        return new TreeSet<>(Marks.of(random.graph(), random.rules(), random.roots(), RandomGraph.NOW)
                .deleted());
    }

    private static Set<Digest> expected(long seed) {
        RandomGraph random = new RandomGraph(seed);
        return without(random, reachable(keptRoots(random, random.rules(), random.roots()), random.edges));
    }

    private static Set<Digest> without(RandomGraph random, Set<Digest> kept) {
        Set<Digest> rest = new TreeSet<>(random.nodes.keySet());
        rest.removeAll(kept);
        return rest;
    }

    /** By going through all edges until nothing is new. */
    private static Set<Digest> reachable(Set<Digest> roots, Collection<RandomGraph.Edge> edges) {
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

    private static Set<Digest> keptRoots(RandomGraph random, RetentionRules rules, List<Root> roots) {
        Graph graph = random.graph();
        Map<Tag, TagVerdict> verdicts = rules.judge(RandomGraph.REPOSITORY, Marks.tagged(graph), RandomGraph.NOW);
        Set<Digest> kept = new HashSet<>();
        random.tags.forEach((tag, digest) -> {
            if (verdicts.containsKey(tag) && verdicts.get(tag).kept()) {
                kept.add(digest);
            }
        });
        roots.forEach(root -> kept.add(root.digest()));
        random.nodes.values().stream()
                .filter(node -> !node.unreadable().isEmpty())
                .forEach(node -> kept.add(node.digest()));
        kept.addAll(untagged(random, rules, reachable(kept, random.edges)));
        return kept;
    }

    /** What nobody names any more and may be of a build that is pushing. */
    private static Set<Digest> untagged(RandomGraph random, RetentionRules rules, Set<Digest> kept) {
        Set<Digest> named = new HashSet<>();
        random.tags.forEach((tag, digest) -> {
            if (!tag.name().startsWith("sha256-") && !kept.contains(digest)) {
                named.add(digest);
            }
        });
        List<RandomGraph.Edge> down = random.edges.stream()
                .filter(edge -> !kept.contains(edge.to()))
                .filter(edge -> isPart(random, edge.from(), edge.to()))
                .toList();
        Set<Digest> gone = reachable(named, down);
        Set<Digest> stay = new HashSet<>();
        for (Digest digest : random.nodes.keySet()) {
            boolean loose = !kept.contains(digest) && !gone.contains(digest);
            if (loose && maySurvive(random, rules, digest)) {
                stay.add(digest);
            }
        }
        return stay;
    }

    private static boolean isPart(RandomGraph random, Digest whole, Digest part) {
        return random.nodes.get(whole).manifests().contains(part) || isAbout(random, part, whole);
    }

    private static boolean isAbout(RandomGraph random, Digest referrer, Digest subject) {
        return random.nodes.get(referrer).subject().filter(subject::equals).isPresent()
                || random.tags.entrySet().stream()
                        .anyMatch(tag -> tag.getValue().equals(referrer)
                                && tag.getKey().name().startsWith("sha256-" + subject.hex()));
    }

    private static boolean maySurvive(RandomGraph random, RetentionRules rules, Digest digest) {
        if (rules.untaggedAfter().isEmpty()) {
            return true;
        }
        if (random.pushed.containsKey(digest)) {
            return random.pushed
                    .get(digest)
                    .isAfter(RandomGraph.NOW.minus(rules.untaggedAfter().get()));
        }
        return random.nodes.values().stream().noneMatch(node -> node.manifests().contains(digest))
                && random.nodes.keySet().stream().noneMatch(subject -> isAbout(random, digest, subject));
    }
}

package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomGraphsTest {
    private static final int GRAPHS = 20_000;

    /** Mistakes that tools were seen to make, planted in the way that our plan takes. */
    private enum Mistake {
        /** What an index lists has no tag, and goes. */
        FORGETS_CHILDREN {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> partsOf(Digest digest) {
                        return new ArrayList<>(attachedTo(digest));
                    }
                };
            }
        },
        /** Only what is one step away from a tag stays. */
        FORGETS_NESTED {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> neighboursOf(Digest digest) {
                        return tagsOf(digest).isEmpty() ? List.of() : super.neighboursOf(digest);
                    }
                };
            }
        },
        /** A child goes with the first index that lists it. */
        FORGETS_THAT_CHILDREN_ARE_SHARED {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> partsOf(Digest digest) {
                        List<Digest> all = new ArrayList<>(super.partsOf(digest));
                        all.removeIf(part ->
                                !parentsOf(part).isEmpty() && !parentsOf(part).get(0).equals(digest));
                        return all;
                    }
                };
            }
        },
        /** What is about an image goes, as nothing lists it. */
        FORGETS_REFERRERS {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> attachedTo(Digest digest) {
                        List<Digest> all = new ArrayList<>(super.attachedTo(digest));
                        all.removeIf(about -> isAboutBySubject(about, digest));
                        return all;
                    }
                };
            }
        },
        /** A list of referrers, or a signature, is a tag as any other. */
        FORGETS_FALLBACK_TAGS {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> attachedTo(Digest digest) {
                        List<Digest> all = new ArrayList<>(super.attachedTo(digest));
                        all.removeIf(about -> !isAboutBySubject(about, digest));
                        return all;
                    }
                };
            }
        },
        /** A referrer may have a tag of its own, and is nothing without its subject. */
        FORGETS_WHAT_SOMETHING_IS_ABOUT {
            @Override
            Graph graph(RandomGraph random) {
                return new Wrong(random) {
                    @Override
                    List<Digest> neighboursOf(Digest digest) {
                        return partsOf(digest);
                    }
                };
            }
        },
        /** A build is pushing. */
        FORGETS_THE_GRACE {
            @Override
            RetentionRules rules(RetentionRules rules) {
                return new RetentionRules(
                        rules.rules(),
                        rules.protect(),
                        rules.untaggedAfter().map(any -> Duration.ZERO),
                        rules.maxDeletes(),
                        rules.mayEmpty());
            }
        },
        /** An old image is old, whoever promoted it yesterday. */
        FORGETS_PROMOTIONS {
            @Override
            Graph graph(RandomGraph random) {
                return changed(random, node -> new Node(
                        node.digest(),
                        node.mediaType(),
                        node.size(),
                        node.manifests(),
                        node.blobs(),
                        node.image(),
                        node.subject(),
                        node.created(),
                        false,
                        node.unreadable()));
            }
        },
        /** What is not understood is of no use. */
        BELIEVES_THAT_ALL_CAN_BE_READ {
            @Override
            Graph graph(RandomGraph random) {
                return changed(random, node -> new Node(
                        node.digest(),
                        node.mediaType(),
                        node.size(),
                        node.manifests(),
                        node.blobs(),
                        node.image(),
                        node.subject(),
                        node.created(),
                        node.receipt(),
                        ""));
            }
        },
        /** An image has one tag. */
        FORGETS_OTHER_TAGS {
            @Override
            Graph graph(RandomGraph random) {
                Map<Digest, Tag> last = new HashMap<>();
                random.tags.forEach((tag, digest) -> last.put(digest, tag));
                Map<Tag, Digest> one = new TreeMap<>();
                last.forEach((digest, tag) -> one.put(tag, digest));
                return new Graph(RandomGraph.REPOSITORY, random.nodes, one, random.pushed, Map.of());
            }
        };

        Graph graph(RandomGraph random) {
            return random.graph();
        }

        RetentionRules rules(RetentionRules rules) {
            return rules;
        }

        private static Graph changed(RandomGraph random, UnaryOperator<Node> change) {
            Map<Digest, Node> nodes = new TreeMap<>();
            random.nodes.forEach((digest, node) -> nodes.put(digest, change.apply(node)));
            return new Graph(RandomGraph.REPOSITORY, nodes, random.tags, random.pushed, Map.of());
        }
    }

    private static class Wrong extends Graph {
        Wrong(RandomGraph random) {
            super(RandomGraph.REPOSITORY, random.nodes, random.tags, random.pushed, Map.of());
        }

        boolean isAboutBySubject(Digest about, Digest subject) {
            return nodes().get(about).subject().filter(subject::equals).isPresent();
        }
    }

    private static Marks marks(RandomGraph random, Graph graph, RetentionRules rules) {
        return Marks.of(graph, rules, random.roots, random.judged, RandomGraph.NOW);
    }

    @Test
    void deletesNothingThatAKeptRootNeedsAndEverythingElse() {
        List<Long> wrong = new ArrayList<>();
        long deleted = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Set<Digest> ours = marks(random, random.graph(), random.rules.read()).deleted();
            deleted += ours.size();
            if (!ours.equals(new ExpectedMarks(random).deleted())) {
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
        long caught = 0;
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Marks marks = marks(random, mistake.graph(random), mistake.rules(random.rules.read()));
            caught += marks.deleted().equals(new ExpectedMarks(random).deleted()) ? 0 : 1;
        }

        assertThat(caught).isGreaterThan(5);
    }

    @Test
    void givesReasonsThatAreTrue() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            ExpectedMarks expected = new ExpectedMarks(random);
            Graph graph = random.graph();
            ReadRepository read = new ReadRepository(null, graph, marks(random, graph, random.rules.read()));
            for (PlannedManifest manifest : read.manifests()) {
                assertThat(expected.isTrue(manifest.digest(), manifest.kept(), manifest.reason()))
                        .as("seed %s: %s", seed, manifest.line())
                        .isTrue();
            }
            for (PlannedUntag untag : read.untags()) {
                assertThat(new TagVerdict(false, untag.reason()))
                        .as("seed %s: %s", seed, untag.line())
                        .isEqualTo(expected.verdict(untag.tag()));
            }
        }
    }

    /** Harbor deletes with an index what nothing else lists and no tag leads to. */
    @Test
    void takesNothingAlongThatStaysWhereTheProviderWould() {
        for (long seed = 0; seed < GRAPHS / 10; seed++) {
            RandomGraph random = new RandomGraph(seed, true);
            Graph graph = random.graph();
            ExpectedMarks expected = new ExpectedMarks(random);
            Marks marks = marks(random, graph, random.rules.read());
            marks.keepWhatTakesAlong("Harbor");
            Set<Digest> alsoKept = new TreeSet<>(marks.kept());
            alsoKept.removeAll(expected.kept());

            assertThat(marks.kept()).as("seed %s", seed).containsAll(expected.kept());
            for (Digest digest : marks.kept()) {
                boolean tagged = expected.tagsThatStay().containsValue(digest);
                Set<Digest> parents = new HashSet<>(graph.parentsOf(digest));
                assertThat(tagged || parents.isEmpty() || parents.stream().anyMatch(marks::isKept))
                        .as("seed %s: %s", seed, digest)
                        .isTrue();
            }
            assertThat(alsoKept.isEmpty()
                            || alsoKept.stream()
                                    .anyMatch(digest -> Optional.ofNullable(marks.reason(digest))
                                            .filter(reason -> reason.startsWith("with it Harbor would delete "))
                                            .isPresent()))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }
}

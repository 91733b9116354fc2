package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Mistakes that tools were seen to make, planted in the way that our plan takes. */
enum Mistake {
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
                    all.removeIf(part -> !parentsOf(part).isEmpty()
                            && !parentsOf(part).get(0).equals(digest));
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
            return changed(
                    random,
                    node -> new Node(
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
            return changed(
                    random,
                    node -> new Node(
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

    private static class Wrong extends Graph {
        Wrong(RandomGraph random) {
            super(RandomGraph.REPOSITORY, random.nodes, random.tags, random.pushed, Map.of());
        }

        boolean isAboutBySubject(Digest about, Digest subject) {
            return nodes().get(about).subject().filter(subject::equals).isPresent();
        }
    }
}

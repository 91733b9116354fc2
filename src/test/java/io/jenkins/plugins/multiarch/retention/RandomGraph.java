package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A repository made of dice: nested indexes, shared children, children and subjects that are not there, referrers of
 * referrers, receipts, circles of subjects, fallback tags, signatures of cosign, anchors, and manifests that nothing names.
 * Digests are names here, so that circles can be, which no hash allows.
 */
final class RandomGraph {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Repository REPOSITORY = Repository.parse("registry.example.com/acme/app");
    private static final int DAYS = 40;

    /** One needs another to be there too. */
    record Edge(Digest from, Digest to) {}

    /** In the order in which a registry would take them, where there are no circles. */
    final List<Digest> all = new ArrayList<>();

    final Map<Digest, Node> nodes = new TreeMap<>();
    final Map<Tag, Digest> tags = new TreeMap<>();
    final Map<Digest, Instant> pushed = new HashMap<>();
    final Set<Edge> edges = new HashSet<>();
    final RandomRules rules;
    final List<Root> roots;
    /** What an earlier run did not come to. */
    final Set<Digest> judged = new TreeSet<>();

    private final Random random;
    private final boolean circles;

    /** @param circles whether it may be one that no registry can hold, with circles and what cannot be read */
    RandomGraph(long seed, boolean circles) {
        this.random = new Random(seed);
        this.circles = circles;
        int size = 1 + random.nextInt(14);
        for (int i = 0; i < size; i++) {
            all.add(Digest.sha256(new byte[] {(byte) i, (byte) seed}));
        }
        for (int i = 0; i < size; i++) {
            addNode(all.get(i), circles ? all : all.subList(0, i));
        }
        for (int i = random.nextInt(size + 3); i > 0; i--) {
            tags.put(new Tag(one(RandomRules.NAMES) + random.nextInt(30)), one(all));
        }
        for (int i = tags.isEmpty() ? 0 : random.nextInt(3); i > 0; i--) {
            addReceipt(Digest.sha256(new byte[] {(byte) (size + i), (byte) seed}), one(List.copyOf(tags.values())));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            addAttachedTag(one(all), random.nextInt(9) == 0 ? missing() : one(all));
        }
        rules = new RandomRules(random);
        roots = random.nextInt(5) == 0 ? List.of(new Root(Optional.empty(), one(all), "a cluster runs it")) : List.of();
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            judged.add(one(all));
        }
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private Digest missing() {
        return Digest.sha256(new byte[] {99, (byte) random.nextInt(9)});
    }

    /** @param others of which it may need some */
    private void addNode(Digest digest, List<Digest> others) {
        List<Digest> children = new ArrayList<>();
        for (int i = others.isEmpty() ? 0 : random.nextInt(4) - 1; i > 0; i--) {
            Digest child = one(others);
            children.add(child);
            edges.add(new Edge(digest, child));
        }
        if (random.nextInt(8) == 0) {
            children.add(missing());
        }
        Optional<Digest> subject = random.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(others.isEmpty() || random.nextInt(9) == 0 ? missing() : one(others));
        subject.filter(all::contains).ifPresent(about -> addBoth(digest, about));
        if (random.nextInt(3) > 0) {
            pushed.put(digest, notBefore(children));
        }
        Optional<Instant> created = random.nextInt(4) == 0 ? Optional.of(notBefore(children)) : Optional.empty();
        nodes.put(
                digest,
                new Node(
                        digest,
                        "application/vnd.oci.image.index.v1+json",
                        100,
                        children,
                        List.of(),
                        children.isEmpty() && subject.isEmpty(),
                        subject,
                        created,
                        false,
                        circles && random.nextInt(40) == 0 ? "It cannot be read." : ""));
    }

    private void addReceipt(Digest digest, Digest promoted) {
        Instant created = NOW.minus(Duration.ofDays(random.nextInt(5)));
        all.add(digest);
        addBoth(digest, promoted);
        nodes.put(
                digest,
                new Node(
                        digest,
                        "application/vnd.oci.image.manifest.v1+json",
                        100,
                        List.of(),
                        List.of(),
                        false,
                        Optional.of(promoted),
                        Optional.of(created),
                        true,
                        ""));
    }

    /** A time when what it lists was there. */
    private Instant notBefore(List<Digest> children) {
        Instant time = NOW.minus(Duration.ofDays(random.nextInt(DAYS)));
        for (Digest child : children) {
            if (nodes.containsKey(child) && !circles) {
                time = made(child).filter(time::isBefore).orElse(time);
            }
        }
        return time;
    }

    /** The latest that it and what it lists say. */
    private Optional<Instant> made(Digest digest) {
        return Stream.concat(
                        nodes.get(digest).created().stream(),
                        nodes.get(digest).manifests().stream()
                                .filter(nodes::containsKey)
                                .flatMap(child -> made(child).stream()))
                .max(Comparator.naturalOrder());
    }

    private void addBoth(Digest about, Digest subject) {
        edges.add(new Edge(about, subject));
        edges.add(new Edge(subject, about));
    }

    private void addAttachedTag(Digest about, Digest subject) {
        String suffix = one(List.of("", ".sig", ".att", ".sbom", ".kept"));
        Tag tag = new Tag("sha256-" + subject.hex() + suffix);
        if (tags.putIfAbsent(tag, about) == null && nodes.containsKey(subject)) {
            addBoth(about, subject);
        }
    }

    Graph graph() {
        return new Graph(REPOSITORY, nodes, tags, pushed, Map.of());
    }
}

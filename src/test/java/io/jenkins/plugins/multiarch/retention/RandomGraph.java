package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A repository made of dice: nested indexes, shared children, children that are not there, referrers of referrers, circles
 * of subjects, fallback tags, signatures of cosign, and manifests that nothing names. Digests are names here, so that circles
 * can be, which no hash allows.
 */
final class RandomGraph {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Repository REPOSITORY = Repository.parse("registry.example.com/acme/app");
    private static final List<String> NAMES = List.of("dev-", "v1.", "main-", "other-");

    /** One needs another to be there too. */
    record Edge(Digest from, Digest to) {}

    final Map<Digest, Node> nodes = new TreeMap<>();
    final Map<Tag, Digest> tags = new TreeMap<>();
    final Map<Digest, Instant> pushed = new HashMap<>();
    final Set<Edge> edges = new HashSet<>();
    private final Random random;
    private final List<Digest> all = new ArrayList<>();

    RandomGraph(long seed) {
        random = new Random(seed);
        int size = 1 + random.nextInt(14);
        for (int i = 0; i < size; i++) {
            all.add(Digest.sha256(new byte[] {(byte) i, (byte) seed}));
        }
        all.forEach(this::addNode);
        for (int i = random.nextInt(size + 3); i > 0; i--) {
            tags.put(new Tag(one(NAMES) + random.nextInt(30)), one(all));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            addAttachedTag(one(all), one(all));
        }
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void addNode(Digest digest) {
        List<Digest> children = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            Digest child = one(all);
            children.add(child);
            edges.add(new Edge(digest, child));
        }
        if (random.nextInt(8) == 0) {
            children.add(Digest.sha256(new byte[] {99, (byte) random.nextInt(9)}));
        }
        Optional<Digest> subject = random.nextInt(3) == 0 ? Optional.of(one(all)) : Optional.empty();
        subject.ifPresent(about -> addBoth(digest, about));
        if (random.nextInt(3) > 0) {
            pushed.put(digest, NOW.minus(Duration.ofDays(random.nextInt(40))));
        }
        nodes.put(
                digest,
                new Node(
                        digest,
                        "application/vnd.oci.image.index.v1+json",
                        100,
                        children,
                        List.of(),
                        false,
                        subject,
                        Optional.empty(),
                        false,
                        random.nextInt(40) == 0 ? "It cannot be read." : ""));
    }

    private void addBoth(Digest about, Digest subject) {
        edges.add(new Edge(about, subject));
        edges.add(new Edge(subject, about));
    }

    private void addAttachedTag(Digest about, Digest subject) {
        String suffix = one(List.of("", ".sig", ".att", ".sbom"));
        Tag tag = new Tag("sha256-" + subject.hex() + suffix);
        if (tags.putIfAbsent(tag, about) == null) {
            addBoth(about, subject);
        }
    }

    Graph graph() {
        return new Graph(REPOSITORY, nodes, tags, pushed, Map.of());
    }

    RetentionRules rules() {
        List<TagRule> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            NamePattern pattern = NamePattern.parse(one(NAMES) + "*");
            rules.add(
                    random.nextBoolean()
                            ? TagRule.newest(pattern, random.nextInt(4))
                            : TagRule.younger(pattern, Duration.ofDays(random.nextInt(40))));
        }
        Optional<Duration> untagged =
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(Duration.ofDays(random.nextInt(20)));
        return new RetentionRules(
                rules,
                random.nextInt(3) == 0 ? List.of(NamePattern.parse("dev-1*")) : List.of(),
                untagged,
                java.util.OptionalInt.empty(),
                true);
    }

    List<Root> roots() {
        return random.nextInt(5) == 0 ? List.of(new Root(Optional.empty(), one(all), "a cluster runs it")) : List.of();
    }
}

package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A random graph without circles in a registry, with content instead of names; and what prunes it. */
final class RandomRepository {
    private static final Repository REPOSITORY = RandomGraph.REPOSITORY;

    final InMemoryRegistry registry = new InMemoryRegistry();
    private final RandomGraph random;
    private final boolean listed;
    private final Map<Digest, Digest> digests = new HashMap<>();
    private final Map<Digest, Digest> names = new HashMap<>();

    /** @param listed whether the provider lists all manifests with when they were pushed; else only tags are listed */
    RandomRepository(RandomGraph random, boolean listed) throws InterruptedException {
        this.random = random;
        this.listed = listed;
        registry.push(REPOSITORY, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        for (Digest name : random.all) {
            Manifest manifest = manifest(name);
            digests.put(name, manifest.digest());
            names.put(manifest.digest(), name);
            registry.plant(REPOSITORY, manifest);
        }
        for (Map.Entry<Tag, Digest> tag : random.tags.entrySet()) {
            registry.plant(
                    REPOSITORY,
                    tag(tag.getKey()),
                    registry.find(REPOSITORY, digests.get(tag.getValue())).orElseThrow());
        }
    }

    private Manifest manifest(Digest name) throws InterruptedException {
        Node node = random.nodes.get(name);
        Map<String, String> annotations = new TreeMap<>(Map.of("name", name.toString()));
        ObjectNode json = Json.object().put("schemaVersion", 2);
        String type = node.manifests().isEmpty() ? MediaTypes.OCI_MANIFEST : MediaTypes.OCI_INDEX;
        json.put("mediaType", type);
        if (node.image()) {
            ObjectNode config = Json.object().put("architecture", "amd64").put("os", "linux");
            config.put("name", name.toString());
            if (saysInItsConfiguration(name)) {
                node.created().ifPresent(time -> config.put("created", time.toString()));
            }
            json.set("config", pushed(MediaTypes.OCI_CONFIG, config).toJson());
            json.putArray("layers");
        } else if (node.manifests().isEmpty()) {
            json.put(
                    "artifactType",
                    node.receipt()
                            ? "application/vnd.jenkins.multiarch.receipt.v1+json"
                            : "application/vnd.example.remark");
            json.set("config", EmptyBlob.DESCRIPTOR.toJson());
            json.putArray("layers").add(EmptyBlob.DESCRIPTOR.toJson());
        } else {
            ArrayNode children = json.putArray("manifests");
            for (Digest child : node.manifests()) {
                children.add(descriptor(child).toJson());
            }
        }
        if (!saysInItsConfiguration(name)) {
            node.created().ifPresent(time -> annotations.put("org.opencontainers.image.created", time.toString()));
        }
        if (node.subject().isPresent()) {
            json.set("subject", descriptor(node.subject().get()).toJson());
        }
        ObjectNode written = json.putObject("annotations");
        annotations.forEach(written::put);
        return Manifest.parse(Json.write(json), type, Digest.sha256(Json.write(json)));
    }

    /** Of those alone of which it is read in any case; elsewhere nothing would tell. */
    private boolean saysInItsConfiguration(Digest name) {
        return random.nodes.get(name).image()
                && !random.pushed.containsKey(name)
                && random.tags.entrySet().stream()
                        .anyMatch(tag -> tag.getValue().equals(name) && random.rules.goByAge(tag.getKey()));
    }

    private Descriptor pushed(String type, ObjectNode content) throws InterruptedException {
        registry.push(REPOSITORY, Blob.of(type, Json.write(content)));
        return Descriptor.of(type, Json.write(content));
    }

    private Descriptor descriptor(Digest name) throws InterruptedException {
        return digests.containsKey(name)
                ? registry.find(REPOSITORY, digests.get(name)).orElseThrow().descriptor()
                : Descriptor.of(MediaTypes.OCI_MANIFEST, name, 9);
    }

    /** The same, where it is about a manifest by its name. */
    private Tag tag(Tag tag) {
        String name = tag.name();
        for (Map.Entry<Digest, Digest> digest : digests.entrySet()) {
            name = name.replace(digest.getKey().hex(), digest.getValue().hex());
        }
        return new Tag(name);
    }

    /** What is there, by the names of the graph. */
    Set<Digest> manifests() {
        Set<Digest> there = new HashSet<>();
        words("manifest").forEach(words -> there.add(names.get(Digest.parse(words[1]))));
        return there;
    }

    Map<Tag, Digest> tags() {
        Map<Tag, Digest> there = new TreeMap<>();
        words("tag").forEach(words -> there.put(new Tag(words[1]), names.get(Digest.parse(words[2]))));
        return there;
    }

    Map<Tag, Digest> tagsThatStay(ExpectedMarks expected) {
        Map<Tag, Digest> stay = new TreeMap<>();
        expected.tagsThatStay().forEach((tag, digest) -> stay.put(tag(tag), digest));
        return stay;
    }

    private List<String[]> words(String kind) {
        return registry.holdings(REPOSITORY).stream()
                .map(holding -> holding.split(" "))
                .filter(words -> words[0].equals(kind))
                .toList();
    }

    private List<StoredManifest> stored() {
        Map<Digest, Set<Tag>> tags = new TreeMap<>();
        words("manifest").forEach(words -> tags.put(Digest.parse(words[1]), new TreeSet<>()));
        words("tag").forEach(words -> tags.get(Digest.parse(words[2])).add(new Tag(words[1])));
        List<StoredManifest> all = new ArrayList<>();
        tags.forEach((digest, those) -> {
            Optional<Instant> pushed = Optional.ofNullable(random.pushed.get(names.get(digest)));
            all.add(new StoredManifest(digest, those, pushed));
        });
        return all;
    }

    private ManifestStore store() {
        return new PlainManifestStore(registry) {
            @Override
            public Optional<List<StoredManifest>> list(Repository repository) {
                return listed ? Optional.of(stored()) : Optional.empty();
            }
        };
    }

    /** @param agreed whether a plan is looked at first, and then applied by its hash */
    PruneReport prune(Path archive, boolean agreed) throws IOException, InterruptedException {
        List<Root> roots = random.roots.stream()
                .map(root -> new Root(root.repository(), digests.get(root.digest()), root.reason()))
                .toList();
        Set<Digest> left = new TreeSet<>();
        random.judged.forEach(digest -> left.add(digests.get(digest)));
        RetentionRequest request = new RetentionRequest(
                List.of(REPOSITORY),
                random.rules.read(),
                roots,
                new LeftBehind(RandomGraph.NOW, Map.of(REPOSITORY, left)));
        Retention retention =
                new Retention(registry, any -> store(), line -> {}, Clock.fixed(RandomGraph.NOW, ZoneOffset.UTC));
        try (Archive open = Archive.at(archive)) {
            Optional<PlanHash> hash =
                    agreed ? Optional.of(retention.plan(request).hash()) : Optional.empty();
            return retention.apply(request, hash, open);
        }
    }
}

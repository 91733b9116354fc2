package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A repository in memory with images of two platforms and of any age, and what prunes it. */
final class PrunedImages {
    static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    static final Repository REPOSITORY = Repository.parse("registry.example.com/acme/app");

    final InMemoryRegistry registry = new InMemoryRegistry();
    final SampleImages images = new SampleImages(registry, REPOSITORY);
    final List<String> log = new ArrayList<>();
    private final Map<Digest, Instant> pushed = new HashMap<>();
    private final Path archive;
    private boolean listed;
    private Instant now = NOW;

    PrunedImages(Path folder) {
        archive = folder.resolve("pruned.jsonl");
    }

    /** Lists untagged manifests too, with when they were pushed, as providers with an API of their own do. */
    PrunedImages listed() {
        listed = true;
        return this;
    }

    void at(Instant later) {
        now = later;
    }

    /** An index of two platforms under these tags, created so many days ago. */
    ImageIndex image(String name, int days, String... tags) throws InterruptedException {
        ImageIndex index = images.index(platform("linux/amd64", name, days), platform("linux/arm64", name, days));
        pushed.put(index.digest(), NOW.minus(Duration.ofDays(days)));
        for (String tag : tags) {
            tag(tag, index);
        }
        return index;
    }

    ImageManifest platform(String platform, String name, int days) throws InterruptedException {
        ObjectNode config = SampleImages.config(platform, name + platform);
        config.put("created", NOW.minus(Duration.ofDays(days)).toString());
        ImageManifest image = images.image(config, name + platform);
        pushed.put(image.digest(), NOW.minus(Duration.ofDays(days)));
        return image;
    }

    void tag(String tag, Manifest manifest) throws InterruptedException {
        registry.put(REPOSITORY, new Tag(tag), manifest);
    }

    void pushedAgo(Manifest manifest, int days) {
        pushed.put(manifest.digest(), NOW.minus(Duration.ofDays(days)));
    }

    boolean has(Manifest manifest) throws InterruptedException {
        return registry.find(REPOSITORY, manifest.digest()).isPresent();
    }

    boolean hasTag(String tag) throws InterruptedException {
        return registry.find(REPOSITORY, new Tag(tag)).isPresent();
    }

    Path archive() {
        return archive;
    }

    ManifestStore store() {
        return new PlainManifestStore(registry) {
            @Override
            public Optional<List<StoredManifest>> list(Repository repository) {
                return listed ? Optional.of(stored()) : Optional.empty();
            }
        };
    }

    private List<StoredManifest> stored() {
        Map<Digest, List<Tag>> tags = new HashMap<>();
        for (String holding : registry.holdings(REPOSITORY)) {
            String[] words = holding.split(" ");
            if (words[0].equals("manifest")) {
                tags.computeIfAbsent(Digest.parse(words[1]), none -> new ArrayList<>());
            } else if (words[0].equals("tag")) {
                tags.computeIfAbsent(Digest.parse(words[2]), none -> new ArrayList<>())
                        .add(new Tag(words[1]));
            }
        }
        return tags.entrySet().stream()
                .map(entry -> new StoredManifest(
                        entry.getKey(),
                        java.util.Set.copyOf(entry.getValue()),
                        Optional.ofNullable(pushed.get(entry.getKey()))))
                .toList();
    }

    RetentionPlan plan(RetentionRules rules, Root... roots) throws InterruptedException {
        return plan(request(rules, roots));
    }

    RetentionPlan plan(RetentionRequest request) throws InterruptedException {
        return retention().plan(request);
    }

    PruneReport apply(RetentionRules rules, Root... roots) throws InterruptedException {
        return apply(rules, Optional.empty(), roots);
    }

    PruneReport apply(RetentionRules rules, Optional<PlanHash> agreed, Root... roots) throws InterruptedException {
        try (Archive open = Archive.at(archive)) {
            return retention().apply(request(rules, roots), agreed, open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RestoreReport restore() throws IOException, InterruptedException {
        return new Restoring(registry, repository -> store(), log::add).restore(archive, any -> true);
    }

    private Retention retention() {
        return new Retention(registry, repository -> store(), log::add, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static RetentionRequest request(RetentionRules rules, Root... roots) {
        return new RetentionRequest(List.of(REPOSITORY), rules, List.of(roots));
    }

    /** The last so many of each pattern, as in {@code dev-*=2}. */
    static RetentionRules keep(String... rules) {
        return RetentionRules.of(Stream.of(rules).map(TagRule::parseKeep).toList());
    }

    static RetentionRules younger(String... rules) {
        return RetentionRules.of(Stream.of(rules).map(TagRule::parseYounger).toList());
    }

    static Optional<PlannedManifest> of(RetentionPlan plan, Manifest manifest) {
        return plan.repositories().get(0).manifests().stream()
                .filter(one -> one.digest().equals(manifest.digest()))
                .findFirst();
    }

    static boolean deletes(RetentionPlan plan, Manifest manifest) {
        return of(plan, manifest).filter(one -> !one.kept()).isPresent();
    }
}

package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pruning that broke off when the indexes were deleted and what they listed was not. */
class ResumedPruningTest {
    private static final Repository REPOSITORY = Repository.parse("registry.example.com/acme/app");
    private static final RetentionRequest REQUEST = new RetentionRequest(
            List.of(REPOSITORY),
            RulesReader.read("{\"rules\": [{\"tags\": \"dev-*\", \"keep\": 0, \"order\": \"name\"}]}"
                    .getBytes(StandardCharsets.UTF_8)),
            List.of());

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final SampleImages images = new SampleImages(registry, REPOSITORY);
    private final List<String> log = new ArrayList<>();
    private ImageIndex old;
    private ImageIndex kept;
    private Path archive;
    private byte[] begun;

    /** Deletes one batch, and then the power fails. */
    private final class BreaksOff implements ManifestStore {
        private final ManifestStore plain = new PlainManifestStore(registry);
        private int batches;

        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public Optional<List<StoredManifest>> list(Repository repository) throws InterruptedException {
            return plain.list(repository);
        }

        @Override
        public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) throws InterruptedException {
            batches++;
            if (batches > 1) {
                throw new IllegalStateException("the power failed");
            }
            return plain.delete(repository, manifests);
        }

        @Override
        public Removal untag(Repository repository, Tag tag, Digest stays) throws InterruptedException {
            return plain.untag(repository, tag, stays);
        }

        @Override
        public boolean restore(Repository repository, Digest digest) throws InterruptedException {
            return plain.restore(repository, digest);
        }

        @Override
        public Optional<Visibility> visibility(Repository repository) throws InterruptedException {
            return plain.visibility(repository);
        }
    }

    @BeforeEach
    void breaksOff(@TempDir Path folder) throws Exception {
        old = index("old");
        kept = index("kept");
        registry.put(REPOSITORY, new Tag("dev-1"), old);
        registry.put(REPOSITORY, new Tag("stable"), kept);
        archive = folder.resolve("pruned.jsonl");
        BreaksOff store = new BreaksOff();
        assertThatThrownBy(() -> {
                    try (Archive open = Archive.at(archive)) {
                        new Retention(registry, any -> store, log::add)
                                .apply(REQUEST, Optional.empty(), open, plan -> begun = Json.write(plan.toJson()));
                    }
                })
                .hasMessage("the power failed");
        assertThat(isThere(old.digest())).isFalse();
        assertThat(isThere(child(old, 0))).isTrue();
    }

    private ImageIndex index(String name) throws InterruptedException {
        return images.index(images.image("linux/amd64", name), images.image("linux/arm64", name + 2));
    }

    private static Digest child(ImageIndex index, int number) {
        return index.manifests().get(number).digest();
    }

    private boolean isThere(Digest digest) throws InterruptedException {
        return registry.find(REPOSITORY, digest).isPresent();
    }

    private PruneReport resume() throws IOException, InterruptedException {
        try (Archive open = Archive.at(archive)) {
            return new Retention(registry, any -> new PlainManifestStore(registry), log::add)
                    .resume(REQUEST, BegunPlan.parse(begun), open);
        }
    }

    @Test
    void goesOnWithWhatNoTagLeadsToAnyMore() throws Exception {
        PruneReport report = resume();

        assertThat(isThere(child(old, 0))).isFalse();
        assertThat(isThere(child(old, 1))).isFalse();
        assertThat(isThere(child(kept, 0))).isTrue();
        assertThat(report.count(Outcome.DELETED)).isEqualTo(3);
        assertThat(report.plan()).isEqualTo(BegunPlan.parse(begun).hash());
        assertThat(report.repositories().get(0).checked()).isPositive();
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void keepsWhatSomethingNeedsByNow() throws Exception {
        registry.put(
                REPOSITORY,
                new Tag("stable-again"),
                images.index(List.of(old.manifests().get(0))));

        PruneReport report = resume();

        assertThat(isThere(child(old, 0))).isTrue();
        assertThat(isThere(child(old, 1))).isFalse();
        assertThat(report.broken()).isEmpty();
    }

    @Test
    void refusesWhatTheBegunPlanDoesNotName() throws Exception {
        ImageIndex other = index("other");
        registry.put(REPOSITORY, new Tag("dev-2"), other);

        assertThatThrownBy(this::resume)
                .hasMessage("Nothing more was deleted: " + REPOSITORY + "@"
                        + List.of(other.digest(), child(other, 0), child(other, 1)).stream()
                                .sorted()
                                .findFirst()
                                .orElseThrow()
                        + " would go now, and the plan "
                        + BegunPlan.parse(begun).hash()
                        + ", which broke off, does not name it. Look at a new plan, then apply that one.");
        assertThat(isThere(child(old, 0))).isTrue();
    }

    @Test
    void goesOnBehindALineOfTheArchiveThatBrokeOff() throws Exception {
        Files.writeString(archive, "{\"repository\": \"regis", StandardCharsets.UTF_8, StandardOpenOption.APPEND);

        resume();

        List<Digest> archived = new ArrayList<>();
        Archive.read(archive, one -> archived.add(one.digest()));
        assertThat(archived)
                .contains(old.digest(), child(old, 0), child(old, 1))
                .hasSizeGreaterThanOrEqualTo(3);
    }
}

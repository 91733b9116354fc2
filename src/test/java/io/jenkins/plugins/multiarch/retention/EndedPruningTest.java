package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pruning that ends in its second batch of three. */
class EndedPruningTest {
    private static final Repository OTHER = Repository.parse("registry.example.com/acme/other");

    private PrunedImages there;
    private int deletions;

    /** What becomes of the second batch. */
    private interface Second {
        List<Removal> delete(List<DoomedManifest> manifests);
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws InterruptedException {
        there = new PrunedImages(folder);
        for (int i = 0; i <= 100; i++) {
            there.image("image " + i, i + 10, "dev-" + i);
        }
        SampleImages others = new SampleImages(there.registry, OTHER);
        ImageIndex other = others.index(others.image("linux/amd64", "other"));
        there.registry.put(OTHER, new Tag("old-1"), other);
        there.registry.put(OTHER, new Tag("stable"), others.index(others.image("linux/amd64", "stable")));
    }

    private PruneReport prune(Second second) throws IOException, InterruptedException {
        ManifestStore store = new PlainManifestStore(there.registry) {
            @Override
            public List<Removal> delete(Repository repository, List<DoomedManifest> manifests)
                    throws InterruptedException {
                return ++deletions == 2 ? second.delete(manifests) : super.delete(repository, manifests);
            }
        };
        RetentionRequest request = new RetentionRequest(
                List.of(REPOSITORY, OTHER),
                RetentionRules.of(
                        List.of(TagRule.parseKeep("dev-*=1"), TagRule.newest(NamePattern.parse("old-*"), 0))),
                List.of());
        try (Archive archive = Archive.at(there.archive())) {
            return new Retention(
                            there.registry,
                            any -> store,
                            there.log::add,
                            Clock.fixed(PrunedImages.NOW, ZoneOffset.UTC))
                    .apply(request, Optional.empty(), archive);
        }
    }

    private static RegistryException expired() {
        return new RegistryException("The token expired.", "Get another.", 401, "UNAUTHORIZED", false, null);
    }

    @Test
    void checksWhatStaysAndSaysWhatIsLeftWhenItFails() throws Exception {
        PruneReport report = prune(manifests -> {
            throw expired();
        });

        assertThat(deletions).isEqualTo(2);
        assertThat(report.count(Outcome.DELETED)).isEqualTo(100);
        assertThat(report.repositories().get(0).manifests().values())
                .filteredOn(removal -> removal.outcome() == Outcome.FAILED)
                .hasSize(200)
                .containsOnly(Removal.failed("The token expired."));
        assertThat(report.repositories().get(0).checked()).isPositive();
        assertThat(report.broken()).isEmpty();
        assertThat(report.toJson().path("failure").asText()).isEqualTo("The token expired. Get another.");
        assertThatThrownBy(report::refuseIfFailed).hasMessage("The token expired. Get another.");
    }

    @Test
    void leavesOtherRepositoriesAloneWhenItFails() throws Exception {
        PruneReport report = prune(manifests -> {
            throw expired();
        });

        assertThat(report.repositories().get(1).count(Outcome.FAILED)).isEqualTo(2);
        assertThat(there.registry.tags(OTHER)).hasSize(2);
    }

    @Test
    void putsBackWhatCameToBeNeededBeforeItFailed() throws Exception {
        ImageIndex lost = (ImageIndex) there.registry.find(REPOSITORY, new Tag("dev-100")).orElseThrow();

        PruneReport report = prune(manifests -> {
            there.registry.plant(REPOSITORY, new Tag("prod"), ImageIndex.of(lost.manifests(), java.util.Map.of()));
            throw expired();
        });

        assertThat(report.broken()).isEmpty();
        assertThat(there.registry.find(REPOSITORY, lost.manifests().get(0).digest()))
                .isPresent();
    }

    @Test
    void endsAtALimitWithoutFailing() throws Exception {
        PruneReport report = prune(manifests -> manifests.stream()
                .map(one -> Removal.ended("the limit is reached"))
                .toList());

        assertThat(deletions).isEqualTo(2);
        assertThat(report.failure()).isEmpty();
        assertThat(report.count(Outcome.FAILED)).isEqualTo(202);
        assertThat(there.log).contains("Nothing more is deleted of " + REPOSITORY + ": the limit is reached");
    }

    @Test
    void saysThatNobodyKnowsWhereTheCheckFails() throws Exception {
        PruneReport report = prune(manifests -> {
            there.registry.before(request -> {
                throw expired();
            });
            throw expired();
        });

        assertThat(report.broken())
                .containsExactly(
                        "Nobody knows whether all that stays of " + REPOSITORY + " is there: The token expired.");
        assertThat(report.count(Outcome.DELETED)).isEqualTo(100);
    }
}

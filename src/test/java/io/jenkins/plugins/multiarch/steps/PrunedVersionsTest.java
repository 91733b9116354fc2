package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.retention.PlannedManifest;
import io.jenkins.plugins.multiarch.retention.PlannedUntag;
import io.jenkins.plugins.multiarch.retention.PruneReport;
import io.jenkins.plugins.multiarch.retention.PrunedRepository;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.RepositoryPlan;
import io.jenkins.plugins.multiarch.retention.RetentionPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrunedVersionsTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Digest OLD = Digest.sha256(new byte[] {1});
    private static final Digest NEW = Digest.sha256(new byte[] {2});
    private static final RetentionPlan PLAN = new RetentionPlan(
            Instant.parse("2026-11-21T20:10:00Z"),
            List.of(new RepositoryPlan(
                    APP,
                    "the registry",
                    Optional.empty(),
                    List.of(
                            new PlannedManifest(OLD, "", 100, List.of(new Tag("dev-1")), false, "it is old"),
                            new PlannedManifest(NEW, "", 100, List.of(new Tag("dev-2")), true, "it is new")),
                    List.of(new PlannedUntag(new Tag("dev-0"), NEW, "it is old")),
                    1234,
                    List.of("a note."),
                    "")),
            List.of(),
            "2 deletions are more than the 1 that are allowed.");

    @Test
    void saysWhatThePlanSays() throws Exception {
        PrunedVersions pruned = Serialized.copy(new PrunedVersions(PLAN.toJson()));

        assertThat(pruned).hasToString(PLAN.hash().toString());
        assertThat(pruned.getHash()).isEqualTo(PLAN.hash().toString());
        assertThat(pruned.getChanges()).isEqualTo(2);
        assertThat(pruned.getFreed()).isEqualTo(1234);
        assertThat(pruned.getRefusals()).containsExactly("2 deletions are more than the 1 that are allowed.");
        assertThat(pruned.getRepositories().get(0))
                .containsEntry("repository", "ghcr.io/acme/app")
                .containsEntry("provider", "the registry")
                .containsEntry("visibility", "")
                .containsEntry("deleted", 1)
                .containsEntry("untagged", 1)
                .containsEntry("kept", 1)
                .containsEntry("freed", 1234L)
                .containsEntry("notes", List.of("a note."))
                .containsEntry("refusal", "");
        assertThat(pruned.isApplied()).isFalse();
        assertThat(pruned.getArchive()).isEmpty();
    }

    @Test
    void saysWhatWasDeleted() throws Exception {
        PrunedRepository repository = new PrunedRepository(
                APP,
                Map.of(
                        OLD,
                        Removal.DELETED,
                        NEW,
                        Removal.GONE,
                        Digest.sha256(new byte[] {3}),
                        Removal.kept("it is immutable"),
                        Digest.sha256(new byte[] {4}),
                        Removal.failed("it would not")),
                Map.of(),
                List.of(),
                3,
                List.of(),
                List.of("a blob is missing."));

        PrunedVersions pruned = Serialized.copy(new PrunedVersions(
                PLAN.toJson(), new PruneReport(PLAN.hash(), List.of(repository)), "pruned/pruned.jsonl"));

        assertThat(pruned.isApplied()).isTrue();
        assertThat(List.of(pruned.getDeleted(), pruned.getGone(), pruned.getKept(), pruned.getFailed()))
                .containsOnly(1L);
        assertThat(pruned.getBroken()).containsExactly("a blob is missing.");
        assertThat(pruned.getArchive()).isEqualTo("pruned/pruned.jsonl");
    }
}

package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final ArchivedManifest ONE = new ArchivedManifest(
            PrunedImages.REPOSITORY, ImageIndex.of(List.of(), Map.of("name", "Ünö")), List.of(new Tag("1.0")));

    private Path file;

    @BeforeEach
    void nameAFile(@TempDir Path folder) {
        file = folder.resolve("pruned.jsonl");
    }

    private List<ArchivedManifest> read() throws IOException, InterruptedException {
        List<ArchivedManifest> all = new ArrayList<>();
        Archive.read(file, all::add);
        return all;
    }

    @Test
    void keepsBytesAndTags() throws Exception {
        try (Archive archive = Archive.at(file)) {
            archive.add(List.of(ONE));
        }
        try (Archive archive = Archive.at(file)) {
            archive.add(List.of(ONE));
        }

        assertThat(read()).hasSize(2).allSatisfy(one -> {
            assertThat(one.manifest().bytes()).isEqualTo(ONE.manifest().bytes());
            assertThat(one.tags()).isEqualTo(ONE.tags());
            assertThat(one.repository()).isEqualTo(ONE.repository());
        });
    }

    @Test
    void leavesOutALineThatBrokeOff() throws Exception {
        try (Archive archive = Archive.at(file)) {
            archive.add(List.of(ONE));
        }
        Files.writeString(file, "{\"repository\": \"regi", StandardOpenOption.APPEND);

        assertThat(read()).hasSize(1);
    }

    @Test
    void refusesWhatSomebodyChanged() throws Exception {
        Files.writeString(
                file,
                "{\"repository\": \"registry.example.com/acme/app\", \"digest\": \"" + ONE.digest()
                        + "\", \"mediaType\": \"\", \"tags\": [], \"manifest\": \"e30=\"}\n");
        assertThatThrownBy(this::read)
                .hasMessageStartingWith("The manifest " + ONE.digest() + " came with other bytes");

        Files.writeString(file, "{\"manifest\": \"###\"}\n");
        assertThatThrownBy(this::read)
                .hasMessage("A line of the archive holds a manifest that is not in Base64."
                        + " Use the archive as pruning wrote it.");
    }

    @Test
    void refusesALineWithoutAnEnd() throws Exception {
        Files.write(file, new byte[(8 << 20) + 1]);

        assertThatThrownBy(this::read)
                .hasMessage("A line of the archive is longer than 8388608 bytes. Use the archive as pruning wrote it.");
    }

    @Test
    void refusesToGoOnWhereItCannotBeWritten() throws Exception {
        Archive archive = Archive.at(file);
        archive.close();

        assertThatThrownBy(() -> archive.add(List.of(ONE)))
                .hasMessage("The archive pruned.jsonl cannot be written, so nothing more is deleted: Stream Closed"
                        + " Make room for it, then prune again.");
    }

    @Test
    void tellsWhatTheLastRunLeftBehind() throws Exception {
        PlanHash first = PlanHash.parse("20261121T000000Z-" + ONE.digest().hex());
        PlanHash second = PlanHash.parse("20261122T000000Z-" + ONE.digest().hex());
        Digest child = Digest.sha256(new byte[] {1});
        ArchivedManifest two = new ArchivedManifest(
                ONE.repository(),
                ImageIndex.of(List.of(Descriptor.of(MediaTypes.OCI_MANIFEST, child, 1)), Map.of()),
                List.of());
        Digest failed = Digest.sha256(new byte[] {2});
        try (Archive archive = Archive.at(file)) {
            archive.begin(plan(first.time()));
            archive.add(List.of(ONE));
            archive.finish(new PruneReport(first, List.of(failedToDelete(failed))));
        }
        assertThat(LeftBehind.in(file))
                .isEqualTo(new LeftBehind(first.time(), Map.of(ONE.repository(), Set.of(failed))));

        try (Archive archive = Archive.at(file)) {
            archive.finish(new PruneReport(first, List.of()));
            archive.begin(plan(second.time()));
            archive.add(List.of(two));
            archive.begin(plan(second.time().plusSeconds(9)));
        }

        assertThat(LeftBehind.in(file))
                .isEqualTo(new LeftBehind(second.time(), Map.of(ONE.repository(), Set.of(two.digest(), child))));
        assertThat(read()).hasSize(2);
    }

    private static RetentionPlan plan(Instant time) {
        return new RetentionPlan(time, List.of(), List.of(), "");
    }

    private static PrunedRepository failedToDelete(Digest digest) {
        return new PrunedRepository(
                ONE.repository(),
                Map.of(digest, Removal.failed("it is busy"), ONE.digest(), Removal.DELETED),
                Map.of(),
                List.of(),
                0,
                List.of(),
                List.of());
    }
}

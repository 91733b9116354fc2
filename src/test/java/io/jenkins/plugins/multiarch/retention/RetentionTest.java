package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.deletes;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.of;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.younger;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
    private PrunedImages there;

    @BeforeEach
    void startsWithImages(@TempDir Path folder) {
        there = new PrunedImages(folder);
    }

    @Test
    void deletesNothingWithoutBeingTold() throws InterruptedException {
        there.image("one", 9, "dev-1");
        there.image("two", 1, "dev-2");
        there.registry.forgetRequests();

        RetentionPlan plan = there.plan(keep("dev-*=1"));

        assertThat(plan.changes()).isEqualTo(3);
        assertThat(there.registry.writes()).isEmpty();
    }

    @Test
    void deletesAnOldImageWithItsChildrenAndWhatIsAboutThem() throws InterruptedException {
        ImageIndex old = there.image("old", 9, "dev-1");
        ImageIndex kept = there.image("new", 1, "dev-2");
        ImageManifest ofOld = there.images.referrer(old, "remark");
        ImageManifest ofNew = there.images.referrer(kept, "remark");

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.hasTag("dev-1")).isFalse();
        assertThat(there.has(ofOld)).isFalse();
        assertThat(there.has(ofNew)).isTrue();
        assertThat(there.hasTag("dev-2")).isTrue();
        assertThat(report.count(Outcome.DELETED)).isEqualTo(4);
        assertThat(report.broken()).isEmpty();
        assertThat(there.log)
                .contains("Deleted " + REPOSITORY + "@" + old.digest() + ".")
                .anyMatch(line -> line.endsWith("manifests and blobs of what stays are there."));
    }

    @Test
    void keepsTheNewestWhateverItsAge() throws InterruptedException {
        ImageIndex older = there.image("older", 300, "prod-1");
        ImageIndex newest = there.image("newest", 200, "prod-2");

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, older)).isTrue();
        assertThat(of(plan, newest))
                .hasValueSatisfying(one -> assertThat(one.reason())
                        .isEqualTo("tag prod-2 is kept: prod-*: number 1 by age, the newest 1 are kept"));
    }

    @Test
    void keepsATagThatNoRuleMeans() throws InterruptedException {
        ImageIndex other = there.image("other", 300, "handmade");

        assertThat(of(there.plan(keep("dev-*=0")), other))
                .hasValueSatisfying(
                        one -> assertThat(one.reason()).isEqualTo("tag handmade is kept: no rule means it"));
    }

    @Test
    void takesATagOffAnImageThatAnotherTagKeeps() throws InterruptedException {
        ImageIndex image = there.image("image", 9, "dev-1", "1.0.0");
        there.image("new", 1, "dev-2");

        there.apply(keep("dev-*=1"));

        assertThat(there.hasTag("dev-1")).isFalse();
        assertThat(there.hasTag("1.0.0")).isTrue();
        assertThat(there.has(image)).isTrue();
    }

    @Test
    void keepsATagThatTheRegistryCannotRemove() throws InterruptedException {
        ImageIndex image = there.image("image", 9, "dev-1", "1.0.0");
        there.image("new", 1, "dev-2");
        there.registry.before(request -> {
            if (request.startsWith("DELETE ")) {
                throw new RegistryException("DELETE was answered with 405.", "", 405, "UNSUPPORTED", false, null);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(report.repositories().get(0).tags())
                .containsEntry(new Tag("dev-1"), Removal.kept("DELETE was answered with 405."));
        assertThat(there.registry.find(REPOSITORY, new Tag("dev-1"))).contains(image);
    }

    @Test
    void keepsWhatARootNames() throws InterruptedException {
        ImageIndex running = there.image("running", 300, "dev-1");
        there.image("new", 1, "dev-2");

        RetentionPlan plan = there.plan(
                keep("dev-*=1"),
                new Root(Optional.of(REPOSITORY), running.manifests().get(0).digest(), "a cluster runs it"));

        assertThat(plan.repositories().get(0).deleted())
                .extracting(PlannedManifest::digest)
                .containsExactlyInAnyOrder(
                        running.digest(), running.manifests().get(1).digest());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatARootThatNoTagLeadsToSharesWithAnOldImage(boolean inThisRepository) throws InterruptedException {
        ImageManifest shared = there.platform("linux/arm64", "shared", 300);
        ImageIndex running = there.images.index(there.platform("linux/amd64", "running", 300), shared);
        ImageIndex old = there.images.index(there.platform("linux/amd64", "old", 300), shared);
        there.tag("dev-1", old);
        there.image("new", 1, "dev-2");
        Optional<Repository> where = inThisRepository ? Optional.of(REPOSITORY) : Optional.empty();

        PruneReport report = there.apply(keep("dev-*=1"), new Root(where, running.digest(), "a cluster runs it"));

        assertThat(report.count(Outcome.DELETED)).isEqualTo(2);
        assertThat(there.has(old)).isFalse();
        assertThat(there.has(shared)).isTrue();
        assertThat(there.has(running)).isTrue();
    }

    @Test
    void givesWhatWasPushedAgainSinceARunBrokeOffItsGrace() throws InterruptedException {
        there.listed();
        there.image("new", 1, "dev-2");
        ImageManifest left = there.platform("linux/amd64", "left", 3);
        ImageManifest again = there.platform("linux/amd64", "again", 1);
        LeftBehind behind = new LeftBehind(
                NOW.minus(Duration.ofDays(2)), Map.of(REPOSITORY, Set.of(left.digest(), again.digest())));

        RetentionPlan plan = there.plan(new RetentionRequest(List.of(REPOSITORY), keep("dev-*=1"), List.of(), behind));

        assertThat(deletes(plan, left)).isTrue();
        assertThat(deletes(plan, again)).isFalse();
    }

    @Test
    void passesOverARootThatIsNotThere() throws InterruptedException {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");

        there.apply(keep("dev-*=1"), new Root(Optional.empty(), Digest.sha256(new byte[] {1}), "a cluster runs it"));

        assertThat(there.has(old)).isFalse();
    }

    @Test
    void keepsWhatAnIndexListsThatIsAboutAnImageThatStays() throws InterruptedException {
        ImageIndex listed = there.image("listed", 9, "dev-1");
        there.image("new", 1, "dev-2");
        ImageIndex stays = there.image("stays", 200, "1.0.0");
        ImageManifest remark = there.images.referrer(stays, "remark");
        ObjectNode about =
                Json.read(ImageIndex.of(List.of(listed.descriptor()), Map.of()).bytes(), "The index");
        about.set("subject", remark.descriptor().toJson());
        Manifest list = there.images.put(Manifest.parse(Json.write(about), MediaTypes.OCI_INDEX));

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.has(listed)).isTrue();
        assertThat(report.repositories().get(0).manifests())
                .containsEntry(
                        listed.digest(),
                        Removal.kept("it belongs to " + list.digest().abbreviated()
                                + ", which is about something that stays"));
        assertThat(report.broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsSignaturesOfWhatIsInAnotherRepository(boolean listed) throws InterruptedException {
        there = listed ? there.listed() : there;
        ImageIndex elsewhere = ImageIndex.of(List.of(), Map.of("of", "another repository"));
        ImageManifest signature = there.images.cosign(elsewhere, ".sig", "signed");
        there.pushedAgo(signature, 300);

        RetentionPlan plan = there.plan(keep("dev-*=1"));

        assertThat(of(plan, signature))
                .hasValueSatisfying(one -> assertThat(one.reason())
                        .isEqualTo("what it is about is not there, and may be in another repository or on its way"));
        assertThat(plan.refusals()).isEmpty();
    }

    @Test
    void keepsTheChildrenOfWhatCouldNotBeDeleted() throws InterruptedException {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");
        there.registry.before(request -> {
            if (request.equals("DELETE " + REPOSITORY + " " + old.digest())) {
                throw new RegistryException("DELETE was answered with 500.", "Try again.", 500, "", true, null);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(report.count(Outcome.FAILED)).isEqualTo(1);
        assertThat(report.count(Outcome.KEPT)).isEqualTo(2);
        assertThat(there.registry.find(REPOSITORY, old.manifests().get(0).digest()))
                .isPresent();
    }

    @Test
    void saysWhatIsBrokenAlready() throws InterruptedException {
        ImageIndex image = there.image("image", 9, "1.0.0");
        there.registry.delete(REPOSITORY, image.manifests().get(0).digest());

        assertThat(there.plan(keep("dev-*=1")).repositories().get(0).notes())
                .containsExactly(
                        image.digest() + " lists " + image.manifests().get(0).digest() + ", which is not there.");
    }

    @Test
    void bringsBackWhatWasDeleted() throws Exception {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");
        ImageManifest remark = there.images.referrer(old, "remark");
        var before = there.registry.holdings(REPOSITORY);
        there.apply(keep("dev-*=1"));

        RestoreReport report = there.restore();

        assertThat(report.left()).isEmpty();
        assertThat(there.registry.holdings(REPOSITORY)).isEqualTo(before);
        assertThat(there.has(remark)).isTrue();
        assertThat(Files.readAllLines(there.archive())).hasSize(4);
    }

    @Test
    void leavesATagAloneThatLeadsElsewhereByNow() throws Exception {
        there.image("old", 9, "dev-1");
        ImageIndex kept = there.image("new", 1, "dev-2");
        there.apply(keep("dev-*=1"));
        there.registry.put(REPOSITORY, new Tag("dev-1"), kept);

        assertThat(there.restore().left())
                .containsExactly(REPOSITORY + ":dev-1 was left alone: it leads to " + kept.digest() + " now.");
    }
}

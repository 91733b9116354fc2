package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.deletes;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.of;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.younger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.Removal.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
    void isAsYoungAsTheYoungestOfItsPlatforms() throws InterruptedException {
        ImageIndex half = there.images.index(
                there.platform("linux/amd64", "cached", 300), there.platform("linux/arm64", "fresh", 1));
        there.tag("prod-1", half);
        ImageIndex nested = there.images.index(half, there.platform("linux/s390x", "old", 300));
        there.tag("prod-2", nested);
        ImageIndex old = there.image("old", 200, "prod-3");
        there.image("newest", 0, "prod-4");

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, half)).isFalse();
        assertThat(deletes(plan, nested)).isFalse();
        assertThat(deletes(plan, old)).isTrue();
    }

    @Test
    void readsConfigurationsBesideAnnotationsThatMayComeFromABaseImage() throws InterruptedException {
        ImageManifest fresh = there.platform("linux/amd64", "fresh", 1);
        ImageManifest inherited = ImageManifest.of(
                fresh.config(),
                fresh.layers(),
                Map.of("org.opencontainers.image.created", NOW.minus(Duration.ofDays(300)).toString()));
        there.registry.put(REPOSITORY, inherited.digest(), inherited);
        ImageIndex index = there.images.index(inherited);
        there.tag("prod-1", index);
        there.tag("prod-2", inherited);
        there.image("newest", 0, "prod-3");

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, index)).isFalse();
        assertThat(deletes(plan, inherited)).isFalse();
    }

    @Test
    void keepsWhatHasAPlatformWhoseAgeCannotBeRead() throws InterruptedException {
        ImageManifest lost = there.platform("linux/arm64", "lost", 1);
        ImageIndex index = there.images.index(there.platform("linux/amd64", "old", 300), lost);
        there.tag("prod-1", index);
        there.image("newest", 0, "prod-2");
        there.registry.before(request -> {
            if (request.equals("GET-BLOB " + REPOSITORY + " " + lost.config().digest())) {
                throw new RegistryException("GET was answered with 500.", "Try again.", 500, "", true, null);
            }
        });

        assertThat(of(there.plan(younger("prod-*=180d")), index))
                .hasValueSatisfying(one -> assertThat(one.reason()).contains("its place by age is not known"));
    }

    @Test
    void readsNoConfigurationThatDecidesNothing() throws InterruptedException {
        ImageIndex protects = there.image("protected", 300, "stable");
        ImageManifest old = there.platform("linux/amd64", "old", 300);
        ImageIndex says = ImageIndex.of(
                List.of(old.descriptor()),
                Map.of("org.opencontainers.image.created", NOW.minus(Duration.ofDays(299)).toString()));
        there.tag("prod-1", says);
        there.image("by version", 300, "1.0.0");
        there.registry.forgetRequests();

        RetentionPlan plan = there.plan(RulesReader.read(
                ("{\"rules\": [{\"tags\": \"*\", \"younger\": \"180d\", \"repositories\": \"*/other\"},"
                                + " {\"tags\": \"prod-*\", \"younger\": \"180d\", \"keep\": 0},"
                                + " {\"tags\": \"1.*\", \"minors\": 1, \"patches\": 1}], \"protect\": [\"stable\"]}")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(deletes(plan, says)).isTrue();
        assertThat(deletes(plan, protects)).isFalse();
        assertThat(there.registry.requests("GET-BLOB")).isEmpty();
    }

    @Test
    void takesNoAttestationForAnImageWithAnAge() throws InterruptedException {
        ImageManifest old = there.platform("linux/amd64", "old", 300);
        Descriptor statement = there.images.blob("application/vnd.in-toto+json", "{}".getBytes(StandardCharsets.UTF_8));
        ImageManifest provenance = ImageManifest.of(old.config(), List.of(statement), Map.of());
        there.registry.put(REPOSITORY, provenance.digest(), provenance);
        there.tag("prod-1", there.images.index(old, provenance));
        there.registry.forgetRequests();

        there.plan(younger("prod-*=180d"));

        assertThat(there.registry.requests("GET-BLOB")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAPromotionForAnAge(boolean signed) throws Exception {
        ImageIndex promoted = there.image("promoted", 300, "prod-1");
        ImageIndex forgotten = there.image("forgotten", 299, "prod-2");
        there.image("newest", 1, "prod-3");
        Optional<Signer> signer = signed ? Optional.of(new KeySigner(SampleKeys.p256())) : Optional.empty();
        new Promotion(
                        there.registry,
                        line -> {},
                        Journal.NONE,
                        new TagLocks(),
                        Copier.here(there.registry, line -> {}),
                        Optional.of(new Receipts(there.registry, signer, Optional.empty())))
                .promote(new PromotionRequest(
                        List.of(ImageRef.of(REPOSITORY, promoted.digest())), List.of(new Tag("prod-9")), List.of()));
        there.at(Instant.now());

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, forgotten)).isTrue();
        assertThat(of(plan, promoted))
                .hasValueSatisfying(one -> assertThat(one.kept()).isTrue());
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

        RetentionPlan plan = there.plan(
                new RetentionRequest(List.of(REPOSITORY), keep("dev-*=1"), List.of(), behind));

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
    void refusesToEmptyARepository() throws InterruptedException {
        ImageIndex only = there.image("only", 300, "dev-1");

        assertThatThrownBy(() -> there.apply(keep("dev-*=0")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Nothing was deleted: " + REPOSITORY + ": it would lose its last tag."
                        + " Look at the plan, and at the rules; then allow it, if it is what you want.");
        assertThat(there.has(only)).isTrue();
    }

    @Test
    void keepsWhatAnIndexListsThatIsAboutAnImageThatStays() throws InterruptedException {
        ImageIndex listed = there.image("listed", 9, "dev-1");
        there.image("new", 1, "dev-2");
        ImageIndex stays = there.image("stays", 200, "1.0.0");
        ImageManifest remark = there.images.referrer(stays, "remark");
        ObjectNode about = Json.read(
                ImageIndex.of(List.of(listed.descriptor()), Map.of()).bytes(), "The index");
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

    @Test
    void refusesToTakeTheLastImage() throws InterruptedException {
        there.listed().image("only", 300);

        assertThat(there.plan(keep("dev-*=0")).refusals())
                .containsExactly(REPOSITORY + ": it would lose its last manifest.");

        there.images.blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        there.images.put(ImageManifest.artifact(
                "application/vnd.example.chart", List.of(EmptyBlob.DESCRIPTOR), Optional.empty(), Map.of()));

        assertThat(there.plan(keep("dev-*=0")).refusals())
                .containsExactly(REPOSITORY + ": it would lose its last image.");
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
    void refusesMoreDeletionsThanAllowed() throws InterruptedException {
        there.image("one", 9, "dev-1");
        there.image("two", 1, "dev-2");
        RetentionRules rules = keep("dev-*=1");
        RetentionRules few =
                new RetentionRules(rules.rules(), List.of(), rules.untaggedAfter(), OptionalInt.of(2), false);

        assertThat(there.plan(few).refusals()).containsExactly("3 deletions are more than the 2 that are allowed.");
        assertThatThrownBy(() -> there.apply(few))
                .hasMessageStartingWith("Nothing was deleted: 3 deletions are more than the 2 that are allowed.");
    }

    @Test
    void appliesThePlanThatWasAgreedTo() throws InterruptedException {
        there.image("one", 9, "dev-1");
        there.image("two", 1, "dev-2");
        PlanHash agreed = there.plan(keep("dev-*=1")).hash();
        there.at(NOW.plus(Duration.ofDays(2)));
        there.image("three", -1, "dev-3");

        PruneReport report = there.apply(keep("dev-*=1"), Optional.of(PlanHash.parse(agreed.toString())));

        assertThat(report.plan()).isEqualTo(agreed);
        assertThat(there.hasTag("dev-1")).isFalse();
        assertThat(there.hasTag("dev-3")).isTrue();
    }

    @Test
    void refusesAPlanThatHoldsNoLonger() throws InterruptedException {
        there.image("one", 9, "dev-1");
        ImageIndex two = there.image("two", 1, "dev-2");
        PlanHash agreed = there.plan(keep("dev-*=1")).hash();
        there.image("back", 5, "dev-4");
        there.tag("dev-1", two);

        assertThatThrownBy(() -> there.apply(keep("dev-*=1"), Optional.of(agreed)))
                .hasMessageStartingWith("Nothing was deleted: the plan " + agreed + " holds no longer; it would be ")
                .hasMessageEndingWith("by now. Look at a new plan, then apply that one.");
        assertThat(there.hasTag("dev-1")).isTrue();
    }

    @Test
    void refusesToLookNowhere() {
        assertThatThrownBy(() -> new RetentionRequest(List.of(), keep("dev-*=1"), List.of()))
                .hasMessage("No repository was named, so there is nothing to look at."
                        + " Name those to prune, as in ghcr.io/acme/app.");
    }

    @Test
    void refusesAPlanOfTheFuture() throws InterruptedException {
        there.image("one", 9, "dev-1");
        PlanHash agreed = there.plan(keep("dev-*=1")).hash();
        there.at(NOW.minus(Duration.ofHours(1)));

        assertThatThrownBy(() -> there.apply(keep("dev-*=1"), Optional.of(agreed)))
                .hasMessage("Nothing was deleted: the plan " + agreed + " was made after now."
                        + " Check the clocks of both machines, then look at a new plan.");
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
    void keepsWhatAKnownTagWasMovedToBeforeTheFirstDeletion() throws InterruptedException {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");
        there.image("prod", 200, "prod");
        onSecond("TAGS " + REPOSITORY, () -> there.registry.plant(REPOSITORY, new Tag("prod"), old));

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.registry.find(REPOSITORY, new Tag("prod"))).contains(old);
        assertThat(report.broken()).isEmpty();
        assertThat(report.repositories().get(0).manifests())
                .containsEntry(
                        old.digest(), Removal.kept("the tag prod, which was set meanwhile, needs it"));
    }

    @Test
    void keepsWhatABuildNeedsThatPushedATagAnewWhichWasToGo() throws InterruptedException {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");
        ImageIndex pushedAgain = ImageIndex.of(List.of(old.manifests().get(1)), Map.of());
        before("DELETE " + REPOSITORY + " " + old.digest(), () -> {
            there.registry.plant(REPOSITORY, new Tag("dev-1"), pushedAgain);
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(report.broken()).isEmpty();
        assertThat(there.registry.find(REPOSITORY, new Tag("dev-1"))).contains(pushedAgain);
        assertThat(there.registry.find(REPOSITORY, old.manifests().get(1).digest()))
                .isPresent();
    }

    @Test
    void looksAtTagsAgainNoMoreOftenThanItDeletes() throws InterruptedException {
        for (int i = 0; i < 150; i++) {
            there.image("old" + i, 10 + i, "dev-" + i);
        }
        for (int i = 0; i < 300; i++) {
            there.tag("release-" + i, there.image("release", 5));
        }
        RetentionPlan plan = there.plan(keep("dev-*=1"));
        there.registry.forgetRequests();

        there.apply(keep("dev-*=1"));

        assertThat(there.registry.requests("HEAD").stream().filter(request -> request.contains("release-")))
                .hasSizeBetween(300, 300 + plan.changes());
    }

    @Test
    void givesALostTagBackToWhatItLedTo() throws Exception {
        ImageIndex old = there.image("old", 9, "dev-1");
        there.image("new", 1, "dev-2");
        ImageIndex prod = there.image("prod", 200, "prod");
        before(
                "DELETE " + REPOSITORY + " " + old.digest(),
                () -> there.registry.plant(REPOSITORY, new Tag("prod"), old));

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(report.broken())
                .containsExactly(REPOSITORY + ":prod was to stay and is gone. Somebody deleted it meanwhile, or moved it to"
                        + " an image that was deleted. restore lets it lead to " + prod.digest()
                        + " again, as it did before.");
        there.registry.before(request -> {});
        there.restore();
        assertThat(there.registry.head(REPOSITORY, new Tag("prod"))).contains(prod.descriptor());
    }

    @Test
    void takesNoTagOffWhatABuildPushedMeanwhile() throws InterruptedException {
        there.image("image", 9, "dev-1", "1.0.0");
        there.image("new", 1, "dev-2");
        ImageIndex fresh = there.image("fresh", 0);
        onSecond("GET " + REPOSITORY + " dev-1", () -> there.registry.plant(REPOSITORY, new Tag("dev-1"), fresh));

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.registry.find(REPOSITORY, new Tag("dev-1"))).contains(fresh);
        assertThat(report.repositories().get(0).tags())
                .containsEntry(new Tag("dev-1"), Removal.kept("it leads to " + fresh.digest() + " by now"));
    }

    @Test
    void leavesATagThatABuildSetWhileItWasMovedAway() throws InterruptedException {
        ImageIndex image = there.image("image", 9, "dev-1", "1.0.0");
        there.image("new", 1, "dev-2");
        ImageIndex fresh = there.image("fresh", 0);
        there.registry.before(request -> {
            if (request.equals("DELETE " + REPOSITORY + " dev-1")) {
                throw new RegistryException("DELETE was answered with 405.", "", 405, "UNSUPPORTED", false, null);
            }
            if (request.startsWith("DELETE " + REPOSITORY + " sha256:")) {
                there.registry.plant(REPOSITORY, new Tag("dev-1"), fresh);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.registry.find(REPOSITORY, new Tag("dev-1"))).contains(fresh);
        assertThat(there.has(image)).isTrue();
        assertThat(report.repositories().get(0).tags())
                .containsEntry(new Tag("dev-1"), Removal.kept("it leads to " + fresh.digest() + " by now"));
    }

    private void before(String request, Runnable change) {
        there.registry.before(asked -> {
            if (asked.equals(request)) {
                change.run();
            }
        });
    }

    private void onSecond(String request, Runnable change) {
        AtomicInteger times = new AtomicInteger();
        before(request, () -> {
            if (times.incrementAndGet() == 2) {
                change.run();
            }
        });
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

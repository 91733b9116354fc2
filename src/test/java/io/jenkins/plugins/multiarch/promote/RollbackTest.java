package io.jenkins.plugins.multiarch.promote;

import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.back;
import static io.jenkins.plugins.multiarch.promote.ReleaseHistory.repository;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollbackTest {
    private final ReleaseHistory history = new ReleaseHistory();

    private void release(String... versions) throws IOException, InterruptedException {
        for (String version : versions) {
            history.promote(version, "api", "web");
        }
    }

    private void assertStandsAt(String version) throws InterruptedException {
        for (String name : List.of("api", "web")) {
            for (Tag tag : ReleaseHistory.TAGS) {
                assertThat(history.tagged(name, tag.name()))
                        .as(name + ":" + tag)
                        .contains(history.digest(name, version));
            }
        }
    }

    @Test
    void goesBackToTheReleaseBefore() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");

        PromotedTags moved = history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
        assertThat(moved.tags()).hasSize(4).allMatch(MovedTag::changed);
    }

    @Test
    void goesFurtherBackEachTimeAndNeverToWhatItJustLeft() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0", "1.2.0");

        history.rollBack("previous", "api", "web");
        assertStandsAt("1.1.0");
        history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void goesBackToWhatStoodThereBeforeARollbackAndANewRelease() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");
        history.rollBack("previous", "api", "web");
        release("1.2.0");

        history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void tellsTwoPromotionsOfOneImageApart() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0", "1.0.0", "1.2.0");

        history.rollBack("previous", "api", "web");
        assertStandsAt("1.0.0");
        history.rollBack("previous", "api", "web");

        assertStandsAt("1.1.0");
    }

    @Test
    void leavesAnImageThatTheLastReleaseDidNotChange() throws IOException, InterruptedException {
        release("1.0.0");
        history.promotion()
                .promote(new PromotionRequest(
                        List.of(history.reference("api", "1.1.0"), history.reference("web", "1.0.0")),
                        ReleaseHistory.TAGS,
                        List.of()));

        history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void leavesAnImageThatWasNotInTheLastRelease() throws IOException, InterruptedException {
        release("1.0.0");
        history.promote("1.1.0", "api");

        history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "v1.0.0", "#7"})
    void goesBackToAVersionOrABuild(String to) throws IOException, InterruptedException {
        history.promotion()
                .promote(history.request("1.0.0", "api", "web")
                        .noted(new ReleaseNote("1.0.0", "7", "https://ci.example/job/app/7/")));
        release("1.1.0", "1.2.0");

        history.rollBack(to, "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void goesForwardAgainToWhatARollbackLeft() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");
        history.rollBack("1.0.0", "api", "web");

        history.rollBack("1.1.0", "api", "web");

        assertStandsAt("1.1.0");
    }

    @Test
    void goesOnFromAVersionToTheOneBeforeIt() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0", "1.2.0", "1.3.0");
        history.rollBack("1.1.0", "api", "web");

        history.rollBack("previous", "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void takesTheOtherImagesOfTheReleaseThatADigestBelongsTo() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0", "1.2.0");

        history.rollBack(history.digest("web", "1.0.0").toString(), "api", "web");

        assertStandsAt("1.0.0");
    }

    @Test
    void goesBackToADigestAndToATagOfAVersionWithoutAnyReceipt() throws IOException, InterruptedException {
        Repository api = repository("api");
        history.registry.put(api, new Tag("0.9.0"), history.image("api", "0.9.0"));
        release("1.0.0");

        history.rollBack("0.9.0", "api");
        assertThat(history.tagged("api", "stable")).contains(history.digest("api", "0.9.0"));
        history.rollBack(history.digest("api", "0.8.0").toString(), "api");

        assertThat(history.tagged("api", "stable")).contains(history.digest("api", "0.8.0"));
    }

    @Test
    void takesMirrorsAlongAndCopiesWhatTheyLostMeanwhile() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");
        RollbackRequest request =
                back("previous", "api", "web").mirrored(List.of(Mirror.parse("b.example/copy/")), MirrorLag.FAILS);

        history.rollback().rollBack(request);

        assertStandsAt("1.0.0");
        assertThat(history.registry.head(Repository.parse("b.example/copy/api"), Tag.LATEST))
                .isPresent();
    }

    @Test
    void saysInItsReceiptWhatItUndid() throws IOException, InterruptedException {
        release("1.0.0");
        PromotedTags undone = history.promote("1.1.0", "api", "web");

        PromotedTags back = history.rollBack("previous", "api", "web");

        Receipt receipt = history.receipts()
                .beside(repository("web"), history.digest("web", "1.0.0"))
                .get(0);
        assertThat(receipt.isRollback()).isTrue();
        assertThat(Optional.of(receipt.release())).isEqualTo(back.release());
        assertThat(receipt.note().rollback().orElseThrow().undone()).isEqualTo(undone.release());
    }

    @Test
    void appliesItsPlanAndWritesNothingBefore() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");
        history.registry.forgetRequests();

        PromotionPlan plan = history.rollback().plan(back("previous", "api", "web"));
        assertThat(history.registry.writes()).isEmpty();
        history.rollback().apply(back("previous", "api", "web"), plan.hash(), Optional.of(plan));

        assertStandsAt("1.0.0");
    }

    @Test
    void changesNothingWhereTheReleaseStandsThere() throws IOException, InterruptedException {
        release("1.0.0", "1.1.0");

        PromotedTags moved = history.rollBack("1.1.0", "api", "web");

        assertThat(moved.isChanged()).isFalse();
        assertThat(moved.release()).isEmpty();
    }

    @Test
    void allowsTheLossOfAPlatformWhereThatIsSaid() throws IOException, InterruptedException {
        release("1.0.0");
        ImageRef lesser = ImageRef.of(
                repository("api"),
                new SampleImages(history.registry, repository("api"))
                        .image("linux/amd64", "lesser")
                        .digest());

        history.rollback()
                .rollBack(back(lesser.requireDigest().toString(), "api").guarded(true, Evidence.NONE));

        assertThat(history.tagged("api", "latest")).isEqualTo(lesser.digest());
    }
}

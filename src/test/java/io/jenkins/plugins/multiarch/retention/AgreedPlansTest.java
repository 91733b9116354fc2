package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are agreed to, and those that are refused. */
class AgreedPlansTest {
    private PrunedImages there;

    @BeforeEach
    void startsWithImages(@TempDir Path folder) {
        there = new PrunedImages(folder);
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
}

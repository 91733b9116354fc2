package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags that somebody sets while a repository is pruned. */
class MovedTagsTest {
    private PrunedImages there;

    @BeforeEach
    void startsWithImages(@TempDir Path folder) {
        there = new PrunedImages(folder);
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
                .containsEntry(old.digest(), Removal.kept("the tag prod, which was set meanwhile, needs it"));
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
                .containsExactly(
                        REPOSITORY + ":prod was to stay and is gone. Somebody deleted it meanwhile, or moved it to"
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
}

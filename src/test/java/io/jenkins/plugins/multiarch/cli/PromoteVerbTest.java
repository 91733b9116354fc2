package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.JournalEntry;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.TagChange;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoteVerbTest {
    private FakeRegistry registry;
    private Digest before;
    private Digest after;
    private String app;

    @BeforeEach
    void publishTwoReleases() {
        registry = FakeRegistry.start();
        app = registry.address() + "/acme/app";
        before = registry.addImage("acme/app", "1.3", "linux/amd64", "linux/arm64")
                .digest();
        after = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64")
                .digest();
        registry.tag("acme/app", "stable", before);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void movesTagsAndSaysFromWhereToWhere() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable,new,1.4");

        assertThat(run.err())
                .isEqualTo("Moved %s:stable from %s to %s.\n".formatted(app, before, after)
                        + "Added %s:new at %s.\n".formatted(app, after)
                        + "Left a receipt beside %s@%s.\n".formatted(app, after)
                        + "Kept %s:1.4: already at %s.\n".formatted(app, after));
        assertThat(run.out())
                .isEqualTo("%s:stable@%s\n%s:new@%s\n%s:1.4@%s\n".formatted(app, after, app, after, app, after));
        assertThat(run.code()).isZero();
        assertThat(registry.tagged("acme/app", "stable")).contains(after);
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + "@" + after, "--tags", "stable", "--json");

        assertThat(run.out().replaceAll("\"release\" : \"sha256:[0-9a-f]{64}\"", "RELEASE"))
                .isEqualTo("""
                        {
                          "tags" : [
                            {
                              "reference" : "%s@%s",
                              "repository" : "%s",
                              "tag" : "stable",
                              "previous" : "%s",
                              "digest" : "%s",
                              "changed" : true
                            }
                          ],
                          RELEASE
                        }
                        """.formatted(app, after, app, before, after));
    }

    @Test
    void onlySaysWhatItWouldDoByPlan() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--plan");

        assertThat(run.out())
                .startsWith(
                        "Would move %1$s:stable from %2$s to %3$s.\n%1$s@%3$s: no evidence lies beside it.\nApply it with --apply sha256:"
                                .formatted(app, before, after));
        assertThat(run.err()).isEmpty();
        assertThat(registry.tagged("acme/app", "stable")).contains(before);
    }

    @Test
    void promotesToOtherRepositories() {
        String one = registry.address() + "/prod/app";
        String two = registry.address() + "/backup/app";

        CommandLineRun run =
                CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "1.4", "--to", one + "," + two);

        assertThat(run.out()).isEqualTo("%s:1.4@%s\n%s:1.4@%s\n".formatted(one, after, two, after));
        assertThat(registry.tagged("prod/app", "1.4")).contains(after);
        assertThat(registry.tagged("backup/app", "1.4")).contains(after);
    }

    @Test
    void movesNothingWhereOneImageIsNotThere() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + ":1.4," + app + ":9", "--tags", "stable");

        assertThat(run.err())
                .isEqualTo(app
                        + ":9 does not exist in the registry, or you may not see it. Check its name and tag, and the"
                        + " credentials used for " + registry.address() + ".\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(registry.tagged("acme/app", "stable")).contains(before);
    }

    @Test
    void appliesAPlanByItsHash() {
        CommandLineRun plan = CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--plan");
        String hash = plan.out().replaceAll("(?s).*--apply (sha256:[0-9a-f]{64})\\.\n", "$1");

        CommandLineRun run =
                CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--apply", hash);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(registry.tagged("acme/app", "stable")).contains(after);
    }

    @Test
    void namesWhatHasChangedSinceThePlan() {
        CommandLineRun plan = CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--plan");
        String hash = plan.out().replaceAll("(?s).*--apply (sha256:[0-9a-f]{64})\\.\n", "$1");
        Digest theirs = registry.addImage("acme/app", "1.3.1", "linux/amd64").digest();
        registry.tag("acme/app", "stable", theirs);

        CommandLineRun run =
                CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--apply", hash);

        assertThat(run.err())
                .isEqualTo("Nothing was promoted: the plan " + hash + " holds no longer. Since then:\n- " + app
                        + ":stable leads to " + theirs + " instead of " + before
                        + "\n Look at a new plan, then apply that one.\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(registry.tagged("acme/app", "stable")).contains(theirs);
    }

    @Test
    void refusesToLoseAPlatformUnlessThatIsAllowed() {
        Digest lesser = registry.addImage("acme/app", "1.5", "linux/amd64").digest();

        CommandLineRun refused = CommandLineRun.of("promote", "--images", app + ":1.5", "--tags", "stable");
        CommandLineRun allowed =
                CommandLineRun.of("promote", "--images", app + ":1.5", "--tags", "stable", "--allow-platform-loss");

        assertThat(refused.err())
                .isEqualTo(app + ":stable was not moved: " + app + "@" + lesser + " lacks linux/arm64, which " + before
                        + " has. Build the missing platforms, or allow their loss.\n");
        assertThat(allowed.code()).isZero();
    }

    @Test
    void mirrorsIntoANamespace() {
        CommandLineRun run = CommandLineRun.of(
                "promote", "--images", app + ":1.4", "--tags", "stable", "--mirror", registry.address() + "/copy/");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(registry.tagged("acme/app", "stable")).contains(after);
        assertThat(registry.tagged("copy/app", "stable")).contains(after);
    }

    @Test
    void finishesWhatBrokeOffBeforeItPromotesTheSameTagsAgain(@TempDir Path state) throws IOException {
        FileJournal broken = PromotionFolder.at(state).journal();
        broken.append(new JournalEntry.Planned(List.of(new TagChange(
                new TagName(registry.repository("acme/app"), new Tag("stable")), Optional.of(before), after))));
        broken.close();

        CommandLineRun run =
                CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--state", state.toString());

        assertThat(run.err())
                .isEqualTo("Finishing a promotion that broke off: " + app + ":stable.\n"
                        + "Moved %s:stable from %s to %s.\n".formatted(app, before, after)
                        + "Kept %s:stable: already at %s.\n".formatted(app, after));
        assertThat(state.toFile().list()).as("no journal").containsExactly("turns");
    }

    @Test
    void refusesAFolderForItsStateThatCannotBeMade(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        CommandLineRun run =
                CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--state", file + "/state");

        assertThat(run.err())
                .isEqualTo(
                        "The folder " + file + "/state for journals of promotions cannot be made. Name one that may be"
                                + " written with --state.\n");
    }
}

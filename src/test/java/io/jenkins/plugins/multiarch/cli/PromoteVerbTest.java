package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
                        + "Kept %s:1.4: already at %s.\n".formatted(app, after));
        assertThat(run.out())
                .isEqualTo("%s:stable@%s\n%s:new@%s\n%s:1.4@%s\n".formatted(app, after, app, after, app, after));
        assertThat(run.code()).isZero();
        assertThat(registry.tagged("acme/app", "stable")).contains(after);
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + "@" + after, "--tags", "stable", "--json");

        assertThat(run.out()).isEqualTo("""
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
                          ]
                        }
                        """.formatted(app, after, app, before, after));
    }

    @Test
    void onlySaysWhatItWouldDoByPlan() {
        CommandLineRun run = CommandLineRun.of("promote", "--images", app + ":1.4", "--tags", "stable", "--plan");

        assertThat(run.out()).isEqualTo("Would move %s:stable from %s to %s.\n".formatted(app, before, after));
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
}

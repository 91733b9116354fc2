package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanVerbTest {
    @TempDir
    private Path folder;

    @Test
    void saysEachDecisionWithItsReason() {
        CommandLineRun run = CommandLineRun.of(
                "plan", "--ref", "PR-15", "--cause", "pull-request", "--date", "2026-11-21T14:05:09+01:00");

        assertThat(run.out()).isEqualTo("""
                pull request 15, cause pull-request:
                  rule            pull-request                   pull request 15
                  skip            no                             every file matters, for paths names none
                  publish         no                             a pull request writes nothing
                  fresh           yes                            rule pull-request
                  cacheRead       no                             the build is fresh
                  cacheWrite      no                             a pull request writes nothing
                  channel         -                              nothing is published
                  version         -                              neither tag nor files say one
                  tag             -                              nothing is published
                  created         2026-11-21T13:05:09Z           the build's date, for it is fresh
                  concurrencyKey  refs/pull/15/head              a newer build of the same key supersedes an older one,\
                 between transactions only
                  label           org.opencontainers.image.created=2026-11-21T13:05:09Z
                """);
        assertThat(run.code()).isZero();
    }

    @Test
    void asksTheRegistryWhichVersionsThereAre() {
        try (FakeRegistry registry = FakeRegistry.start()) {
            registry.addImage("acme/app", "2.0.0", "linux/amd64");

            CommandLineRun run = CommandLineRun.of(
                    "plan",
                    "--ref",
                    "refs/tags/v1.4.2",
                    "--cause",
                    "push",
                    "--image",
                    registry.address() + "/acme/app");
            CommandLineRun first = CommandLineRun.of(
                    "plan",
                    "--ref",
                    "refs/tags/v1.4.2",
                    "--cause",
                    "push",
                    "--image",
                    registry.address() + "/acme/new");

            assertThat(run.out()).contains("no tag          latest                         2.0.0 is higher than 1.4.2");
            assertThat(first.out())
                    .contains("tag             latest                         1.4.2 is the highest release");
        }
    }

    @Test
    void readsRulesFilesOfVersionsAndListsOfChanges() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.json"), "{\"versionFiles\": [\"VERSION\"], \"paths\": [\"!docs/**\"]}");
        Path changed = Files.writeString(folder.resolve("changed"), "docs/a b.md\ndocs/c.md\n");
        Files.writeString(folder.resolve("VERSION"), "1.5.0\n");

        CommandLineRun run = CommandLineRun.of(
                "plan",
                "--ref",
                "main",
                "--cause",
                "push",
                "--rules",
                "" + rules,
                "--sources",
                "" + folder,
                "--changed-list",
                "" + changed,
                "--commit",
                "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                "--json");

        assertThat(run.out()).contains("\"skip\" : true", "\"version\" : \"1.5.0+4b825dc\"");
    }

    @Test
    void isAskedAsAPersonAsks() {
        CommandLineRun run = CommandLineRun.of(
                "plan",
                "--ref",
                "main",
                "--cause",
                "manual",
                "--channel",
                "prod",
                "--release-version",
                "1.4.2",
                "--rebuild",
                "--cache",
                "false",
                "--known-tags",
                "v1.4.1,v1.4.0");

        assertThat(run.out())
                .contains(
                        "tag             1.4.2 ",
                        "tag             prod ",
                        "fresh           yes",
                        "cacheWrite      no                             asked for");
    }

    @Test
    void writesNothingIntoATerminalThatMovesItsCursor() {
        CommandLineRun run =
                CommandLineRun.of("plan", "--ref", "main", "--cause", "push", "--changed", "a\u001b[2J.lock");

        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void saysWhichFlagIsWrong() {
        CommandLineRun run = CommandLineRun.of("plan", "--ref", "main", "--cause", "cron");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("'cron' is not a cause of a build.");
    }
}

package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tag, input and files say one version, or the build ends. */
class PlannedVersionTest {

    @Test
    void takesTheSameVersionInEachOfTheirSpellings() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.5.0-rc.1")
                .versions(List.of(
                        new FoundVersion("VERSION", "1.5.0-rc.1"),
                        new FoundVersion("pyproject.toml", "1.5.0rc1"),
                        new FoundVersion("Chart.yaml", "v1.5.0-rc.1"))));

        assertThat(plan.version()).isEqualTo("1.5.0-rc.1");
        assertThat(plan.reason("version"))
                .isEqualTo("said by tag v1.5.0-rc.1 and VERSION and pyproject.toml and Chart.yaml");
    }

    @Test
    void namesEachPlaceWithWhatItSaysWhereTheyDiffer() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.ofTag("v1.4.2")
                        .versions(List.of(
                                new FoundVersion("VERSION", "1.4.1"), new FoundVersion("Chart.yaml", "1.4.2"))))))
                .isEqualTo("The versions differ: tag v1.4.2 says v1.4.2, VERSION says 1.4.1, Chart.yaml says 1.4.2."
                        + " Make them the same, or take out of versionFiles what has a version of its own.");
    }

    @Test
    void holdsFilesAgainstEachOtherInPullRequestsToo() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.of("PR-15", "push")
                        .versions(List.of(new FoundVersion("a", "1.4.1"), new FoundVersion("b", "1.4.2"))))))
                .startsWith("The versions differ: a says 1.4.1, b says 1.4.2.");
    }

    @Test
    void holdsTheInputAgainstFiles() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.of("main", "manual")
                        .inputs(Builds.asking("prod", "1.4.3"))
                        .versions(Builds.file("VERSION", "1.4.2")))))
                .startsWith("The versions differ: the input says 1.4.3, VERSION says 1.4.2.");
    }

    @Test
    void refusesWhatIsNoVersion() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.of("main", "push").versions(Builds.file("VERSION", "1.4")))))
                .isEqualTo("VERSION says '1.4', which is not a semantic version."
                        + " Correct it there, or set versionScheme: semver or pep440.");
        assertThat(Refusal.of(() -> Builds.plan(
                        Builds.of("main", "push").versions(Builds.file("VERSION", "spring")),
                        Map.of("versionScheme", "pep440"))))
                .startsWith("VERSION says 'spring', which is not a version by PEP 440.");
    }

    @Test
    void addsTheCommitWhereTheBuildIsNotTheRelease() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "push").versions(Builds.file("VERSION", "1.4.2")));

        assertThat(plan.version()).isEqualTo("1.4.2+4b825dc");
        assertThat(plan.reason("version")).isEqualTo("said by VERSION; with the commit, for this is not its release");
        assertThat(plan.tags()).startsWith("dev");
    }

    @Test
    void putsPythonsVersionsOnImages() {
        Map<String, ?> python = Map.of("versionScheme", "pep440");

        assertThat(Builds.plan(Builds.ofTag("1.4.0"), python).tags()).startsWith("1.4.0", "1.4", "1", "prod");
        assertThat(Builds.plan(Builds.ofTag("1.4.2rc1"), python).tags())
                .containsExactly("1.4.2rc1", "sha-" + Builds.COMMIT);
    }

    @Test
    void findsTheVersionInTheTagOfOneProjectOfSeveral() {
        Map<String, ?> rules = Map.of(
                "rules",
                List.of(Map.of(
                        "name",
                        "release",
                        "when",
                        Map.of("tag", "app/*"),
                        "publish",
                        true,
                        "channel",
                        "prod",
                        "latest",
                        true)),
                "tags",
                List.of("type=semver,pattern={{version}},match=^app/v(.*)"));

        ReleasePlan first = Builds.plan(Builds.ofTag("app/v1.4.2", "web/v9.0.0"), rules);
        ReleasePlan older = Builds.plan(Builds.ofTag("app/v1.4.2", "app/v2.0.0"), rules);

        assertThat(first.tags()).containsExactly("1.4.2", "latest");
        assertThat(older.tags()).containsExactly("1.4.2");
    }
}

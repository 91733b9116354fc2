package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** latest is the highest release and nothing else, which docker/metadata-action leaves to its users. */
class LatestRuleTest {

    @Test
    void isNotTakenByALaterFixOfAnOlderRelease() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.9.1", "v1.9.0", "v2.0.1"));

        assertThat(plan.tags()).contains("1.9.1", "1.9", "1").doesNotContain("latest");
        assertThat(Builds.whyNot(plan, "latest")).isEqualTo("2.0.1 is higher than 1.9.1");
    }

    @Test
    void isTakenByTheHighest() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v2.0.2", "v1.9.1", "v2.0.1", "v3.0.0-rc.1", "spring", "nightly"));

        assertThat(plan.tags()).contains("latest");
    }

    @Test
    void holdsChannelsForReleasesTheSameWay() {
        ReleasePlan fix = Builds.plan(Builds.ofTag("v1.9.1", "v2.0.1"));
        BuildFacts.Builder asked = Builds.of("main", "manual")
                .inputs(Builds.asking("prod", "1.9.1"))
                .knownTags(List.of("v2.0.1"));

        assertThat(fix.channel()).isEmpty();
        assertThat(fix.reason("channel")).isEqualTo("prod stays with 2.0.1, which is higher");
        assertThat(fix.tags()).doesNotContain("prod");
        assertThat(Refusal.of(() -> Builds.plan(asked)))
                .isEqualTo(
                        "Channel prod stays with 2.0.1, which is higher than 1.9.1. Ask for another channel, roll back,"
                                + " or set onlyIfHighest: false.");
        assertThat(Builds.plan(asked, Map.of("onlyIfHighest", false)).tags()).contains("prod");
    }

    @Test
    void knowsTheVersionsInTagsOfItsOwnFlavor() {
        ReleasePlan suffix =
                Builds.plan(Builds.ofTag("v1.9.1", "2.0.1-alpine"), Map.of("flavor", "suffix=-alpine,onlatest=true"));
        ReleasePlan prefix = Builds.plan(Builds.ofTag("v1.9.1", "py-2.0.1"), Map.of("flavor", "prefix=py-"));

        assertThat(suffix.tags()).startsWith("1.9.1-alpine").doesNotContain("latest-alpine");
        assertThat(Builds.whyNot(prefix, "latest")).isEqualTo("2.0.1 is higher than 1.9.1");
    }

    @Test
    void isMovedAgainByTheSameVersion() {
        assertThat(Builds.plan(Builds.ofTag("v2.0.1", "v2.0.1", "1.0.0")).tags())
                .contains("latest");
    }

    @Test
    void staysWhereNobodyLookedWhichVersionsThereAre() {
        ReleasePlan plan = Builds.plan(Builds.of("refs/tags/v2.0.1", "push"));

        assertThat(plan.tags()).doesNotContain("latest");
        assertThat(Builds.whyNot(plan, "latest")).isEqualTo("nobody looked which versions there are");
    }

    @Test
    void leavesChannelsAndSharedTagsToo() {
        Map<String, ?> named = Map.of(
                "tags",
                List.of(
                        "type=semver,pattern={{version}}",
                        "type=semver,pattern=v{{major}}-{{ minor }}-{{ patch }}",
                        "type=semver,pattern={{major}}.{{minor}}",
                        "type=semver,pattern=stable",
                        "type=channel"));

        ReleasePlan plan = Builds.plan(Builds.of("refs/tags/v2.0.1", "push"), named);

        assertThat(plan.tags()).containsExactly("2.0.1", "v2-0-1");
        assertThat(plan.channel()).isEmpty();
        assertThat(plan.reason("channel")).isEqualTo("prod stays, for nobody looked which versions there are");
        assertThat(Builds.whyNot(plan, "2.0")).isEqualTo("nobody looked which versions there are");
        assertThat(Builds.whyNot(plan, "stable")).isEqualTo("nobody looked which versions there are");
    }

    @Test
    void leavesNothingWhereOlderVersionsMayHaveThem() {
        Map<String, ?> rules = Map.of("onlyIfHighest", false);

        ReleasePlan plan = Builds.plan(Builds.of("refs/tags/v2.0.1", "push"), rules);

        assertThat(plan.tags()).contains("2.0", "2", "prod");
    }

    @Test
    void isNoPreRelease() {
        List<String> refTag = List.of("type=ref,event=tag");

        ReleasePlan plan = Builds.plan(Builds.ofTag("v2.0.8-beta.67"), Map.of("tags", refTag));
        ReleasePlan forced =
                Builds.plan(Builds.ofTag("v2.0.8-beta.67"), Map.of("tags", refTag, "flavor", "latest=true"));
        ReleasePlan allowed =
                Builds.plan(Builds.ofTag("v2.0.8-beta.67"), Map.of("tags", refTag, "allowPrereleases", true));

        assertThat(plan.tags()).containsExactly("v2.0.8-beta.67");
        assertThat(Builds.whyNot(plan, "latest")).isEqualTo("2.0.8-beta.67 is a pre-release");
        assertThat(forced.tags()).doesNotContain("latest");
        assertThat(allowed.tags()).contains("latest");
    }

    @Test
    void isNotMovedByTimersAndByHandFromABranch() {
        Map<String, ?> forced = Map.of("flavor", "latest=true");

        assertThat(Builds.plan(Builds.of("main", "timer").knownTags(List.of()), forced)
                        .tags())
                .doesNotContain("latest");
        assertThat(Builds.plan(Builds.of("main", "manual").knownTags(List.of()), forced)
                        .tags())
                .doesNotContain("latest");
    }

    @Test
    void isHeldBackAlsoWhereARuleNamesIt() {
        Map<String, ?> named = Map.of("tags", List.of("type=semver,pattern={{version}}", "type=raw,value=latest"));

        ReleasePlan older = Builds.plan(Builds.ofTag("v1.9.1", "v2.0.1"), named);
        ReleasePlan branch = Builds.plan(Builds.of("main", "push"), named);

        assertThat(older.tags()).containsExactly("1.9.1");
        assertThat(Builds.whyNot(branch, "latest")).isEqualTo("rule main leaves latest where it is");
    }

    @Test
    void movesOnABranchWhereTableAndRuleSaySo() {
        Map<String, ?> rules = Map.of(
                "rules",
                List.of(Map.of("name", "all", "publish", true, "latest", true)),
                "tags",
                List.of("type=edge", "type=raw,value=latest"));

        assertThat(Builds.plan(Builds.of("main", "push"), rules).tags()).containsExactly("edge", "latest");
    }

    @Test
    void needsAVersionToBeTheHighest() {
        Map<String, ?> rules =
                Map.of("rules", Map.of("name", "all", "publish", true, "latest", true), "tags", "type=ref,event=tag");

        ReleasePlan plan = Builds.plan(Builds.ofTag("spring"), rules);

        assertThat(plan.tags()).containsExactly("spring");
        assertThat(Builds.whyNot(plan, "latest")).isEqualTo("there is no version that could be the highest");
    }

    @Test
    void isWhatDockersRulesSayWhereNothingFurtherIsAskedFor() {
        assertThat(Builds.plan(Builds.ofTag("v1.9.1", "v2.0.1"), Map.of("onlyIfHighest", false))
                        .tags())
                .contains("1.9", "1", "latest");
    }

    @Test
    void leavesShorterTagsWithTheHighestOfTheirLine() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.4.1", "v1.4.2", "v1.5.0-rc.1"));

        assertThat(plan.tags()).containsExactly("1.4.1", "sha-" + Builds.COMMIT);
        assertThat(Builds.whyNot(plan, "1.4")).isEqualTo("stays with 1.4.2, which is higher");
        assertThat(Builds.whyNot(plan, "1")).isEqualTo("stays with 1.4.2, which is higher");
    }
}

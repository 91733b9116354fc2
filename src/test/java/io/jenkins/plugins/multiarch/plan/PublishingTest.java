package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may write to registries, to which channel, and as which version. */
class PublishingTest {
    private static final Map<String, ?> EVERYBODY = Map.of(
            "rules",
            List.of(Map.of("name", "all", "publish", true, "cacheWrite", "always", "channel", "dev", "latest", true)));

    @ParameterizedTest
    @ValueSource(strings = {"PR-15", "refs/merge-requests/15/head"})
    void writesNothingForPullRequestsWhateverTheRulesSay(String ref) {
        ReleasePlan plan = Builds.plan(Builds.of(ref, "manual").inputs(Builds.asking("prod", "1.4.2")), EVERYBODY);

        assertThat(List.of(plan.publish(), plan.cacheWrite())).containsOnly(false);
        assertThat(plan.tags()).isEmpty();
        assertThat(plan.channel()).isEmpty();
        assertThat(plan.reason("publish")).isEqualTo("a pull request writes nothing");
    }

    @Test
    void writesNothingForABranchThatAPullRequestBegan() {
        assertThat(Builds.plan(Builds.of("main", "pull-request"), EVERYBODY).publish())
                .isFalse();
    }

    @Test
    void publishesFromTheOfficialSourceOnly() {
        Map<String, ?> official = Map.of("officialSource", "https://github.com/acme/app");

        ReleasePlan ours = Builds.plan(Builds.of("main", "push").source("git@github.com:Acme/app.git"), official);
        ReleasePlan fork = Builds.plan(Builds.of("main", "push").source("https://github.com/eve/app"), official);
        ReleasePlan unknown = Builds.plan(Builds.of("main", "push"), official);

        assertThat(ours.publish()).isTrue();
        assertThat(List.of(fork.publish(), fork.cacheWrite())).containsOnly(false);
        assertThat(fork.rule()).isEqualTo("fork");
        assertThat(fork.reason("publish"))
                .isEqualTo("the sources are of a fork, and only https://github.com/acme/app publishes");
        assertThat(unknown.publish()).isFalse();
    }

    @Test
    void takesForksForForksWhateverTheRulesSay() {
        Map<String, Object> rules = new HashMap<>(EVERYBODY);
        rules.put("officialSource", "https://github.com/acme/app");

        assertThat(Builds.plan(Builds.of("main", "push").source("https://github.com/eve/app"), rules)
                        .publish())
                .isFalse();
    }

    @Test
    void publishesAVersionThatSomebodyAsksForToAStableChannel() {
        BuildFacts.Builder facts = Builds.of("main", "manual").inputs(Builds.asking("prod", "1.4.2"));
        ReleasePlan unknown = Builds.plan(facts);
        ReleasePlan plan = Builds.plan(facts.knownTags(List.of("1.4.1")));

        assertThat(unknown.tags()).containsExactly("1.4.2", "prod", "sha-" + Builds.COMMIT);
        assertThat(plan.tags()).containsExactly("1.4.2", "1.4", "1", "prod", "sha-" + Builds.COMMIT);
        assertThat(plan.reason("channel")).isEqualTo("asked for");
        assertThat(Builds.whyNot(plan, "latest")).isEqualTo("rule by-hand leaves latest where it is");
    }

    @Test
    void publishesTheVersionOfTheFilesToAStableChannelThatSomebodyAsksFor() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "manual")
                .inputs(Builds.asking("prod", ""))
                .versions(Builds.file("VERSION", "v1.4.2"))
                .knownTags(List.of()));

        assertThat(plan.version()).isEqualTo("1.4.2");
        assertThat(plan.tags()).startsWith("1.4.2", "1.4", "1", "prod");
    }

    @Test
    void putsNoVersionOnOtherChannels() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "manual").inputs(Builds.asking("nightly", "1.4.2")));

        assertThat(plan.tags()).containsExactly("nightly", "sha-" + Builds.COMMIT);
        assertThat(Builds.whyNot(plan, "type=semver,pattern={{version}}"))
                .isEqualTo("channel nightly takes no versions");
    }

    @Test
    void listensToInputsOnlyWhereSomebodyGaveThem() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "push").inputs(Builds.asking("prod", "1.4.2")));

        assertThat(plan.channel()).isEqualTo("dev");
        assertThat(plan.version()).isEqualTo("dev");
    }

    @Test
    void refusesChannelsThatThereAreNot() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.of("main", "manual").inputs(Builds.asking("prd", "1.4.2")))))
                .isEqualTo("There is no channel 'prd'. Ask for one of dev, nightly, prod, or add it to channels.");
    }

    @Test
    void putsNothingWithoutAVersionOnAStableChannel() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.ofTag("v1.4.x"))))
                .isEqualTo("Channel prod takes releases, and this build has no version: tag v1.4.x is not a semantic"
                        + " version, and nothing else says one. Build a tag that is a version, give one by the input"
                        + " version, or name files in versionFiles.");
    }

    @Test
    void keepsPreReleasesOffStableChannels() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.5.0-rc.1"));

        assertThat(plan.tags()).containsExactly("1.5.0-rc.1", "sha-" + Builds.COMMIT);
        assertThat(plan.reason("channel")).isEqualTo("1.5.0-rc.1 is a pre-release, and prod takes none");
    }

    @Test
    void sendsPreReleasesToTheirOwnChannelOrAnywhereWhereThatIsSaid() {
        Map<String, ?> next =
                Map.of("channels", List.of("next", "prod"), "rules", List.of(release()), "prereleaseChannel", "next");
        Map<String, ?> allowed = Map.of("allowPrereleases", true);

        assertThat(Builds.plan(Builds.ofTag("v1.5.0-rc.1"), next).tags()).startsWith("1.5.0-rc.1", "next");
        assertThat(Builds.plan(Builds.ofTag("v1.5.0-rc.1"), allowed).tags())
                .containsExactly("1.5.0-rc.1", "prod", "sha-" + Builds.COMMIT);
    }

    private static Map<String, ?> release() {
        return Map.of("name", "release", "when", Map.of("tag", "v*"), "publish", true, "channel", "prod");
    }

    @Test
    void refusesPreReleasesThatSomebodyWantsOnAStableChannel() {
        assertThat(Refusal.of(
                        () -> Builds.plan(Builds.of("main", "manual").inputs(Builds.asking("prod", "1.5.0-rc.1")))))
                .isEqualTo("Channel prod takes no pre-releases, and 1.5.0-rc.1 is one."
                        + " Ask for another channel, or set allowPrereleases: true.");
    }

    @Test
    void buildsAndWritesNothingWhereNoRuleIsForABuild() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "push"), Map.of("rules", List.of(release())));

        assertThat(plan.rule()).isEmpty();
        assertThat(List.of(plan.publish(), plan.cacheWrite(), plan.skip())).containsOnly(false);
        assertThat(plan.cacheRead()).isTrue();
        assertThat(plan.reason("rule")).isEqualTo("no rule is for such a build");
        assertThat(plan.reason("publish")).isEqualTo("no rule says otherwise");
    }

    @Test
    void handsNamesOfLanesToThePipeline() {
        Map<String, ?> rule = Map.of("name", "all", "lanes", List.of("unit", "e2e"));

        assertThat(Builds.plan(Builds.of("main", "push"), Map.of("rules", rule)).lanes())
                .containsExactly("unit", "e2e");
    }

    @Test
    void asksForAFreshBuildAlsoWhereNoRuleSpeaksOfIt() {
        ReleasePlan plan = Builds.plan(
                Builds.of("main", "manual").inputs(new ManualInputs("", "", true, Optional.empty())), EVERYBODY);

        assertThat(plan.fresh()).isTrue();
        assertThat(plan.reason("fresh")).isEqualTo("a rebuild was asked for");
        assertThat(plan.cacheRead()).isFalse();
    }
}

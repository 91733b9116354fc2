package io.jenkins.plugins.multiarch.plan;

import static io.jenkins.plugins.multiarch.plan.Builds.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trigger table where a project says nothing. */
class StandardRulesTest {

    /** What is built and why, then: publish, fresh, cache read, cache written where dependencies changed, and where not. */
    @ParameterizedTest(name = "{0}, cause {1}, rebuild {2}: {3}")
    @CsvSource({
        "PR-15,               pull-request, false, pull-request,    no,  yes, no,  no,  no,  ''",
        "refs/tags/v1.4.2,    push,         false, release,         yes, no,  yes, yes, no,  prod",
        "refs/tags/1.4.2,     tag,          false, release,         yes, no,  yes, yes, no,  prod",
        "refs/tags/v1.4.2,    manual,       false, release,         yes, no,  yes, yes, no,  prod",
        "refs/tags/v1.4.2,    timer,        false, refresh,         yes, yes, no,  yes, yes, prod",
        "refs/tags/v1.4.2,    upstream,     false, refresh,         yes, yes, no,  yes, yes, prod",
        "refs/tags/v1.4.2,    manual,       true,  refresh-by-hand, yes, yes, no,  yes, yes, prod",
        "refs/tags/spring,    push,         false, other,           no,  no,  yes, no,  no,  ''",
        "refs/heads/main,     timer,        false, nightly,         yes, yes, no,  yes, yes, nightly",
        "refs/heads/main,     manual,       false, by-hand,         yes, no,  yes, yes, no,  dev",
        "refs/heads/main,     manual,       true,  rebuild,         yes, yes, no,  yes, yes, dev",
        "refs/heads/main,     push,         false, main,            yes, no,  yes, yes, no,  dev",
        "refs/heads/main,     push,         true,  main,            yes, no,  yes, yes, no,  dev",
        "refs/heads/release-1.4, push,      false, release-branch,  no,  no,  yes, no,  no,  ''",
        "refs/heads/feature,  push,         false, other,           no,  no,  yes, no,  no,  ''",
        "refs/heads/feature,  timer,        false, other,           no,  no,  yes, no,  no,  ''"
    })
    void decides(
            String ref,
            String cause,
            boolean rebuild,
            String rule,
            String publish,
            String fresh,
            String cacheRead,
            String writeIfDependenciesChanged,
            String writeElse,
            String channel) {
        BuildFacts.Builder facts =
                Builds.of(ref, cause).knownTags(List.of()).inputs(new ManualInputs("", "", rebuild, Optional.empty()));

        ReleasePlan changed = Builds.plan(facts.changedFiles(List.of("requirements.txt")));
        ReleasePlan unchanged = Builds.plan(facts.changedFiles(List.of("src/app.py")));

        assertThat(List.of(
                        changed.rule(),
                        yesOrNo(changed.publish()),
                        yesOrNo(changed.fresh()),
                        yesOrNo(changed.cacheRead()),
                        yesOrNo(changed.cacheWrite()),
                        yesOrNo(unchanged.cacheWrite()),
                        changed.channel()))
                .containsExactly(rule, publish, fresh, cacheRead, writeIfDependenciesChanged, writeElse, channel);
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    @Test
    void tagsAReleaseByItsVersionItsChannelAndItsCommit() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.4.2", "v1.4.1", "v1.4.2"));

        assertThat(plan.tags()).containsExactly("1.4.2", "1.4", "1", "prod", "sha-" + COMMIT, "latest");
        assertThat(plan.version()).isEqualTo("1.4.2");
        assertThat(plan.refresh()).isFalse();
    }

    @Test
    void tagsOtherBuildsByTheirChannelAndCommitOnly() {
        assertThat(Builds.plan(Builds.of("main", "push")).tags()).containsExactly("dev", "sha-" + COMMIT);
        assertThat(Builds.plan(Builds.of("main", "timer")).tags()).containsExactly("nightly", "sha-" + COMMIT);
    }

    @Test
    void keepsAReleaseBesideItsRefresh() {
        ReleasePlan plan =
                Builds.plan(Builds.of("refs/tags/v1.4.2", "timer").knownTags(List.of("1.4.2", "1.4.2-20261001")));

        assertThat(plan.refresh()).isTrue();
        assertThat(plan.tags())
                .containsExactly("1.4.2", "1.4", "1", "prod", "sha-" + COMMIT, "1.4.2-20261121-130509", "latest");
    }

    @Test
    void writesNoCacheFromTheBuildThatRepeatsWhatWasTested() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "timer").phase(Phase.PUSH));

        assertThat(plan.fresh()).isFalse();
        assertThat(plan.cacheRead()).isTrue();
        assertThat(plan.cacheWrite()).isFalse();
        assertThat(plan.reason("cacheWrite")).isEqualTo("the phase push only reads");
    }

    @Test
    void writesTheCacheWhereNobodyKnowsWhatChanged() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "push"));

        assertThat(plan.cacheWrite()).isTrue();
        assertThat(plan.reason("cacheWrite")).isEqualTo("nobody knows which files changed, so dependencies may have");
    }

    @Test
    void listensToPeopleAboutCaches() {
        ManualInputs none = new ManualInputs("", "", false, Optional.of(false));

        ReleasePlan byHand = Builds.plan(Builds.of("main", "manual").inputs(none));
        ReleasePlan byItself = Builds.plan(Builds.of("main", "push").inputs(none));

        assertThat(List.of(byHand.cacheRead(), byHand.cacheWrite())).containsExactly(false, false);
        assertThat(byItself.cacheRead()).isTrue();
    }

    @Test
    void skipsWhatChangesNothingThatMatters() {
        Map<String, ?> docsDoNotMatter = Map.of("paths", List.of("!docs/**", "!**/*.md"));

        ReleasePlan docs = Builds.plan(Builds.of("main", "push").changedFiles(List.of("docs/a.md")), docsDoNotMatter);
        ReleasePlan code =
                Builds.plan(Builds.of("main", "push").changedFiles(List.of("docs/a.md", "a.c")), docsDoNotMatter);
        ReleasePlan unknown = Builds.plan(Builds.of("main", "push"), docsDoNotMatter);
        ReleasePlan night = Builds.plan(Builds.of("main", "timer").changedFiles(List.of()), docsDoNotMatter);

        assertThat(docs.skip()).isTrue();
        assertThat(docs.reason("skip")).isEqualTo("no file changed that matches !docs/**, !**/*.md");
        assertThat(List.of(docs.publish(), docs.cacheWrite())).containsOnly(false);
        assertThat(docs.tags()).isEmpty();
        assertThat(code.skip()).isFalse();
        assertThat(code.reason("skip")).isEqualTo("a.c changed");
        assertThat(unknown.skip()).isFalse();
        assertThat(night.skip()).isFalse();
    }

    @Test
    void namesOneKeyForAllBuildsOfAJobAndRef() {
        assertThat(Builds.plan(Builds.of("main", "push").job("app")).concurrencyKey())
                .isEqualTo("app:refs/heads/main");
        assertThat(Builds.plan(Builds.of("PR-15", "push")).concurrencyKey()).isEqualTo("refs/pull/15/head");
    }

    @Test
    void refusesACauseThatDoesNotFit() {
        assertThat(Refusal.of(() -> Builds.plan(Builds.of("main", "tag"))))
                .isEqualTo("The cause of the build is a new tag, and what it builds is branch main."
                        + " Give the tag as refs/tags/TAG, or the cause that it really had.");
    }
}

package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefTest {

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, branch main",
        "refs/heads/feature/login, branch feature/login",
        "main, branch main",
        "v1.4.2, branch v1.4.2",
        "refs/tags/v1.4.2, tag v1.4.2",
        "refs/tags/app/v1.4.2, tag app/v1.4.2",
        "refs/pull/15/merge, pull request 15",
        "refs/pull/15/head, pull request 15",
        "refs/pull-requests/15/from, pull request 15",
        "refs/merge-requests/15/head, pull request 15",
        "refs/changes/45/12345/6, pull request 12345",
        "PR-15, pull request 15",
        "MR-15-head, pull request 15"
    })
    void readsWhatForgesAndJenkinsWrite(String written, String shown) {
        assertThat(Ref.parse(written).shown()).isEqualTo(shown);
    }

    @Test
    void isWrittenAsGitDoes() {
        assertThat(Ref.parse("main")).hasToString("refs/heads/main");
        assertThat(Ref.parse("refs/tags/v1")).hasToString("refs/tags/v1");
        assertThat(Ref.parse("PR-15")).hasToString("refs/pull/15/head");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "refs/notes/commits", "refs/heads/", "two words", "refs/pull/x/head"})
    void refusesWhatCannotBeBuilt(String written) {
        assertThat(Refusal.of(() -> Ref.parse(written)))
                .startsWith("'")
                .endsWith("' is not a ref that can be built. Write refs/heads/BRANCH, refs/tags/TAG,"
                        + " refs/pull/NUMBER/head, or the name of a branch.");
    }

    @Test
    void refusesOtherCausesAndPhases() {
        assertThat(Refusal.of(() -> Cause.parse("cron")))
                .isEqualTo("'cron' is not a cause of a build. Write one of push, tag, timer, manual, pull-request,"
                        + " upstream.");
        assertThat(Refusal.of(() -> Phase.parse("test")))
                .isEqualTo("'test' is not a phase of a release. Write build or push.");
        assertThat(Phase.parse("push")).isEqualTo(Phase.PUSH);
    }
}

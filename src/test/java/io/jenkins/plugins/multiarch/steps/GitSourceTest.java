package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {
    private static final String APP = "https://git.test/app.git";

    private static Map<String, Object> remote(String url) {
        return Map.of("url", url);
    }

    private static Map<String, Object> branch(String name) {
        return Map.of("name", name);
    }

    private static GitSource of(Map<String, Object> remote, String branch) {
        return GitSource.of(Map.of("userRemoteConfigs", List.of(remote), "branches", List.of(branch(branch))));
    }

    @ParameterizedTest
    @CsvSource({
        "*/main, refs/heads/main",
        "*/release/1.x, refs/heads/release/1.x",
        "refs/heads/main, refs/heads/main",
        "refs/tags/v1, refs/tags/v1",
        "main, main",
    })
    void saysTheRefAsExactlyAsItIsConfigured(String branch, String ref) {
        assertThat(of(remote(APP), branch)).isEqualTo(new GitSource(APP, ref));
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "*/release/*", "$BRANCH", "*/${BRANCH}", ":origin/(?!main).*", "*/", ""})
    void saysNoRefWhereSeveralWouldFit(String branch) {
        assertThat(of(remote(APP), branch)).isEqualTo(new GitSource(APP, ""));
    }

    @Test
    void saysNoRefWhereSeveralAreConfigured() {
        GitSource source = GitSource.of(Map.of(
                "userRemoteConfigs", List.of(remote(APP)), "branches", List.of(branch("*/main"), branch("*/other"))));

        assertThat(source).isEqualTo(new GitSource(APP, ""));
    }

    @Test
    void saysNoRefWhereBranchesAreFetchedUnderOtherNames() {
        Map<String, Object> usual = Map.of("url", APP, "refspec", "+refs/heads/*:refs/remotes/origin/*");
        Map<String, Object> pulls = Map.of("url", APP, "refspec", "+refs/pull/*:refs/remotes/origin/*");

        assertThat(of(usual, "*/main").ref()).isEqualTo("refs/heads/main");
        assertThat(of(pulls, "*/main").ref()).isEmpty();
    }

    @Test
    void saysNoRefWhereSomethingElseChoosesTheRevision() {
        GitSource source = GitSource.of(Map.of(
                "userRemoteConfigs", List.of(remote(APP)),
                "branches", List.of(branch("*/main")),
                "extensions", List.of(Map.of("$class", "BuildChooserSetting"))));

        assertThat(source).isEqualTo(new GitSource(APP, ""));
    }

    @Test
    void saysNothingOfWhatIsMergedOnTheSpot() {
        GitSource source = GitSource.of(Map.of(
                "userRemoteConfigs", List.of(remote(APP)),
                "branches", List.of(branch("*/main")),
                "extensions", List.of(Map.of("$class", "CleanCheckout"), Map.of("$class", "PreBuildMerge"))));

        assertThat(source).isEqualTo(GitSource.UNKNOWN);
    }

    @Test
    void saysNothingOfSeveralRemotes() {
        GitSource source = GitSource.of(Map.of(
                "userRemoteConfigs", List.of(remote(APP), remote("https://git.test/fork.git")),
                "branches", List.of(branch("*/main"))));

        assertThat(source).isEqualTo(GitSource.UNKNOWN);
    }

    @Test
    void saysNothingOfAnAddressThatABuildFillsIn() {
        assertThat(of(remote("https://git.test/$REPOSITORY"), "*/main")).isEqualTo(GitSource.UNKNOWN);
    }

    @Test
    void leavesTheLoginOut() {
        assertThat(of(remote("https://robot:s3cret@git.test/app.git"), "*/main").repository())
                .isEqualTo(APP);
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserMergeOptions;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.CleanBeforeCheckout;
import hudson.plugins.git.extensions.impl.PreBuildMerge;
import java.util.List;
import java.util.Map;
import jenkins.plugins.git.MergeWithGitSCMExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RevisionTest {
    private static final Map<String, String> FIRST = Map.of("GIT_COMMIT", "aaa", "GIT_URL", "https://git.test/app.git");
    private static final Map<String, String> SECOND =
            Map.of("GIT_COMMIT", "bbb", "GIT_URL", "https://git.test/app.git");

    private static GitSCM git(GitSCMExtension extension) {
        return new GitSCM(
                GitSCM.createRepoList("https://git.test/app.git", null),
                List.of(new BranchSpec("main")),
                null,
                null,
                List.of(extension));
    }

    @Test
    void isThatOfTheFirstCheckoutWithAllElseOfTheSource(JenkinsRule j) {
        Revision revision = new Revision();
        GitSCM scm = git(new CleanBeforeCheckout());

        Object first = revision.other(FIRST, scm);
        GitSCM second = (GitSCM) revision.other(SECOND, scm);

        assertThat(first).isNull();
        assertThat(second.getBranches()).extracting(BranchSpec::getName).containsExactly("aaa");
        assertThat(second.getExtensions()).hasExactlyElementsOfTypes(CleanBeforeCheckout.class);
        assertThat(revision.getCommit()).isEqualTo("aaa");
        assertThat(revision.getUrl()).isEqualTo("https://git.test/app.git");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNoneWhereEachCheckoutMergesForItself(boolean multibranch, JenkinsRule j) {
        Revision revision = new Revision();
        GitSCM scm = git(
                multibranch
                        ? new MergeWithGitSCMExtension("origin/main", "ccc")
                        : new PreBuildMerge(new UserMergeOptions("origin", "main", null, null)));

        Object first = revision.other(FIRST, scm);
        Object second = revision.other(SECOND, scm);

        assertThat(first).isNull();
        assertThat(second).isNull();
        assertThat(revision.getCommit()).isNull();
    }
}

package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckoutTest {
    private static final String APP = "https://git.test/app.git";

    @Test
    void tellsWhatAnAgentReported() {
        Map<String, String> said = Map.of("GIT_URL", APP, "GIT_COMMIT", "aaa", "GIT_BRANCH", "origin/main");

        assertThat(Checkout.of(said, false).map(Checkout::descriptor))
                .contains(ResourceDescriptor.of("git+" + APP, Map.of("gitCommit", "aaa")));
        assertThat(Checkout.of(said, true).map(Checkout::descriptor))
                .contains(new ResourceDescriptor(
                        "", "git+" + APP, Map.of("gitCommit", "aaa"), Map.of("reportedBy", "agent")));
    }

    @Test
    void saysNothingWhereTheCommitMayBeOfAnotherRemote() {
        Map<String, String> said =
                Map.of("GIT_URL", APP, "GIT_URL_1", APP, "GIT_URL_2", "https://git.test/fork.git", "GIT_COMMIT", "aaa");

        assertThat(Checkout.of(said, false)).isEmpty();
    }

    @Test
    void saysNothingOfAnAddressThatABuildFillsIn() {
        assertThat(Checkout.of(Map.of("GIT_URL", "https://git.test/$APP", "GIT_COMMIT", "aaa"), false))
                .isEmpty();
    }

    @Test
    void saysNothingOfOtherKindsOfSources() {
        assertThat(Checkout.of(Map.of("SVN_REVISION", "1"), false)).isEmpty();
    }
}

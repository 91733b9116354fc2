package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.GitAddress;
import java.util.Map;
import java.util.Optional;

/** What a build checked out once, in the words of the source code management. Saved with the build. */
final class Checkout {
    private final String url;
    private final String commit;
    private final String branch;

    /**
     * @param said what the plugin of the source code management says of a checkout; nothing that a build can change
     * @return nothing where it is of another kind than Git
     */
    static Optional<Checkout> of(Map<String, String> said) {
        String commit = said.getOrDefault("GIT_COMMIT", "");
        return commit.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Checkout(said.getOrDefault("GIT_URL", ""), commit, said.getOrDefault("GIT_BRANCH", "")));
    }

    private Checkout(String url, String commit, String branch) {
        this.url = GitAddress.withoutLogin(url);
        this.commit = commit;
        this.branch = branch;
    }

    String url() {
        return url;
    }

    String commit() {
        return commit;
    }

    String branch() {
        return branch;
    }

    boolean isOf(Checkout other) {
        return url.equals(other.url) && commit.equals(other.commit);
    }
}

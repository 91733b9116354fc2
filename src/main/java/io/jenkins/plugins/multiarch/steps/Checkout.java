package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import io.jenkins.plugins.multiarch.builder.GitAddress;
import java.util.Map;
import java.util.Optional;

/** What a build checked out once, in the words of the source code management. Saved with the build. */
final class Checkout {
    private final String url;
    private final String commit;
    private final boolean byAgent;

    /**
     * @param said what the plugin of the source code management says of a checkout; no variable of the build is in it
     * @param byAgent whether Git ran on an agent, or anywhere once the script did, so that the commit is their word
     * @return nothing where it is of another kind than Git, or from more than one remote, or where a build filled in the
     *     address or a password cannot be told from it
     */
    static Optional<Checkout> of(Map<String, String> said, boolean byAgent) {
        String commit = said.getOrDefault("GIT_COMMIT", "");
        String url = GitAddress.withoutLogin(said.getOrDefault("GIT_URL", ""));
        return commit.isEmpty() || url.isEmpty() || url.contains("$") || said.containsKey("GIT_URL_2")
                ? Optional.empty()
                : Optional.of(new Checkout(url, commit, byAgent));
    }

    private Checkout(String url, String commit, boolean byAgent) {
        this.url = url;
        this.commit = commit;
        this.byAgent = byAgent;
    }

    String url() {
        return url;
    }

    String commit() {
        return commit;
    }

    boolean isOf(Checkout other) {
        return url.equals(other.url) && commit.equals(other.commit);
    }

    ResourceDescriptor descriptor() {
        return new ResourceDescriptor(
                "", "git+" + url, Map.of("gitCommit", commit), byAgent ? Map.of("reportedBy", "agent") : Map.of());
    }
}

package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;

/**
 * What to look at, and what is kept there.
 *
 * @param roots digests that are kept beside what tags keep
 * @param left by an earlier run, which found that they go; they do if nothing that is kept needs them, whatever their age
 */
public record RetentionRequest(List<Repository> repositories, RetentionRules rules, List<Root> roots, LeftBehind left) {

    public RetentionRequest {
        repositories = repositories.stream().distinct().sorted().toList();
        roots = List.copyOf(roots);
        if (repositories.isEmpty()) {
            throw new ReleaseException(
                    "No repository was named, so there is nothing to look at.",
                    "Name those to prune, as in ghcr.io/acme/app.");
        }
    }

    public RetentionRequest(List<Repository> repositories, RetentionRules rules, List<Root> roots) {
        this(repositories, rules, roots, LeftBehind.NOTHING);
    }

    List<Digest> rootsIn(Repository repository) {
        return roots.stream()
                .filter(root -> root.isIn(repository))
                .map(Root::digest)
                .toList();
    }
}

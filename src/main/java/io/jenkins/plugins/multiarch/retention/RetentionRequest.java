package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to look at, and what is kept there.
 *
 * @param roots digests that are kept beside what tags keep
 * @param known digests that may be there though no list names them, for an earlier run found that they go and did not come to
 *     them; they go if nothing that is kept needs them, whatever their age
 */
public record RetentionRequest(
        List<Repository> repositories, RetentionRules rules, List<Root> roots, Map<Repository, Set<Digest>> known) {

    public RetentionRequest {
        repositories = repositories.stream().distinct().sorted().toList();
        roots = List.copyOf(roots);
        known = Map.copyOf(known);
        if (repositories.isEmpty()) {
            throw new ReleaseException(
                    "No repository was named, so there is nothing to look at.",
                    "Name those to prune, as in ghcr.io/acme/app.");
        }
    }

    public RetentionRequest(List<Repository> repositories, RetentionRules rules, List<Root> roots) {
        this(repositories, rules, roots, Map.of());
    }

    List<Digest> rootsIn(Repository repository) {
        return roots.stream()
                .filter(root -> root.isIn(repository))
                .map(Root::digest)
                .toList();
    }
}

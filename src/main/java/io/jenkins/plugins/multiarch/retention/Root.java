package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.Optional;

/**
 * A digest that is kept beside what tags keep.
 *
 * @param repository where; everywhere if empty
 * @param reason a clause, such as {@code build release/main #57 made it}
 */
public record Root(Optional<Repository> repository, Digest digest, String reason) {

    boolean isIn(Repository there) {
        return repository.filter(only -> !only.equals(there)).isEmpty();
    }
}

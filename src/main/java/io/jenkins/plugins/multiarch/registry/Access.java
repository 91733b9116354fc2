package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rights one call needs: an action on a repository, and for a mount the right to read another one.
 *
 * @param mountedFrom the repository a blob is mounted from
 */
record Access(Repository repository, Action action, Optional<Repository> mountedFrom) {

    static Access to(Action action, Repository repository) {
        return new Access(repository, action, Optional.empty());
    }

    static Access toMount(Repository target, Repository source) {
        return new Access(target, Action.PUSH, Optional.of(source));
    }

    /** The scopes of a token that grants this, as {@code repository:acme/app:pull,push}. */
    List<String> scopes() {
        List<String> scopes = new ArrayList<>();
        scopes.add("repository:" + repository.path() + ":" + action.scope());
        mountedFrom.ifPresent(source -> scopes.add("repository:" + source.path() + ":" + Action.PULL.scope()));
        return List.copyOf(scopes);
    }
}

package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import java.util.Optional;

/** Where credentials come from: docker's configuration, a Jenkins credential, or nowhere. */
@FunctionalInterface
public interface CredentialSource {

    /** Everything is asked for anonymously. */
    CredentialSource ANONYMOUS = repository -> Optional.empty();

    /** The credentials for a repository, or none to ask anonymously. */
    Optional<Credentials> find(Repository repository) throws InterruptedException;
}

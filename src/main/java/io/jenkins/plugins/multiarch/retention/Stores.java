package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Repository;

/** Which way of listing and deleting a repository has. */
@FunctionalInterface
public interface Stores {
    ManifestStore of(Repository repository) throws InterruptedException;
}

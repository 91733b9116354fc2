package io.jenkins.plugins.multiarch.builder;

import java.nio.file.Path;

/** The names of what lies in the private folder of a build. */
record BuildFolder(Path path) {
    static final String NAME = "name";
    static final String DOCKERFILE = "Dockerfile";
    static final String CONTEXT_DOCKERFILE = "Dockerfile.context";
    static final String ARTIFACTS = "artifacts";
    static final String PROGRAMS = "bin";
    static final String DOCKER_CONFIG = "docker";
    static final String PODMAN_LOGINS = "auth.json";
    static final String SECRETS = "secrets";
    static final String METADATA = "metadata.json";

    /** An image layout, as a folder. */
    static final String LAYOUT = "image";

    /** An image layout, as an archive. */
    static final String ARCHIVE = "image.tar";

    /** What {@code docker save} wrote. */
    static final String SAVED = "saved.tar";

    Path file(String name) {
        return path.resolve(name);
    }
}

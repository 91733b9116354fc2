package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks whether a registry has what was pushed to it. */
record StandsTask(String repository, String digest) implements RegistryTask<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of(ImageRef.parse(repository).repository().registry());
    }

    @Override
    public Boolean run(Registry registry, Optional<Path> workspace, Consumer<String> log) throws InterruptedException {
        boolean stands = registry.head(ImageRef.parse(repository).repository(), Digest.parse(digest))
                .isPresent();
        if (stands) {
            log.accept(repository + "@" + digest + " was built before, and stands; it is not built again.");
        }
        return stands;
    }
}

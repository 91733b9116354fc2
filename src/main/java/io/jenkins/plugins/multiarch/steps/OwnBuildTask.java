package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the folder in which the Jenkinsfile's own build leaves its image. */
record OwnBuildTask(String plan, String folder) implements RegistryTask<PreparedCell> {
    private static final long serialVersionUID = 1L;
    private static final String BUILDER = "Jenkinsfile";

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public PreparedCell run(Registry registry, Optional<Path> workspace, Consumer<String> log) throws IOException {
        PrivateFolders.renew(Path.of(folder));
        return new PreparedCell(plan, folder, "", "", BUILDER, "", false, System.currentTimeMillis());
    }
}

package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes small files into the workspace.
 *
 * @param contents by path
 */
record WriteFilesTask(LinkedHashMap<String, byte[]> contents) implements RegistryTask<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of();
    }

    /** @return how many there are */
    @Override
    public Integer run(Registry registry, Optional<Path> workspace, Consumer<String> log) throws IOException {
        for (Map.Entry<String, byte[]> one : contents.entrySet()) {
            Path file = WorkspacePath.inside(workspace.orElseThrow(), Path.of(one.getKey()), "files", "build/app.tar");
            Files.write(file, one.getValue());
        }
        return contents.size();
    }
}

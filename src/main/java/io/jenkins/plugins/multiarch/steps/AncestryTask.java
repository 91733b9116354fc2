package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.promote.GitHistory;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the clone in the workspace whether one commit is among those that another was made upon. */
record AncestryTask(String commit, String descendant) implements RegistryTask<Answer> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public Answer run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        GitHistory history = new GitHistory(workspace.orElseThrow(), "git");
        return Answer.to(() -> history.isAncestor(commit, descendant));
    }
}

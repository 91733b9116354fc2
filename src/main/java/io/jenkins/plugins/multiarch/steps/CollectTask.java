package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.builder.DaemonlessOutput;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at what was built and pushes it by digest, on the agent. Our own builder builds here.
 *
 * @param status that the builder's script ended with
 */
record CollectTask(String cell, String prepared, int status) implements RegistryTask<CollectedCell> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of(
                ImageRef.parse(BuildCell.parse(cell).repository()).repository().registry());
    }

    @Override
    public CollectedCell run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        BuildCell built = BuildCell.parse(cell);
        PreparedCell ready = PreparedCell.parse(prepared);
        BuildPlan plan = ready.buildPlan();
        Path folder = Path.of(ready.folder());
        refuseUnlessEnded(plan, ready);
        if (ready.builder().equals(BuilderKind.DAEMONLESS.toString())) {
            DaemonlessOutput.write(workspace.orElseThrow(), folder, plan, registry, log);
        }
        try (BuiltOutput output = BuiltOutput.read(folder, plan)) {
            if (!built.delivery().repository().isEmpty()) {
                output.push(
                        registry, ImageRef.parse(built.delivery().repository()).repository(), log);
            }
            return CollectedCell.of(output);
        }
    }

    private void refuseUnlessEnded(BuildPlan plan, PreparedCell ready) {
        if (status != 0) {
            throw new ReleaseException(
                    plan.platform() + " was not built: " + ready.builderText() + " ended with " + status + ".",
                    "Its own words above say why.");
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the folder in which the Jenkinsfile's own build leaves its image.
 *
 * @param started when, by the clock of the controller, in milliseconds since 1970
 */
record OwnBuildTask(String plan, String folder, long started) implements RegistryTask<PreparedCell> {
    private static final long serialVersionUID = 1L;
    private static final String BUILDER = "Jenkinsfile";

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public PreparedCell run(Registry registry, Optional<Path> workspace, Consumer<String> log) throws IOException {
        PrivateFolders.renew(Path.of(folder));
        return new PreparedCell(plan, folder, "", "", "", BUILDER, "", isEmulated(), started);
    }

    /** As far as can be known: another architecture, on an agent that is to emulate it. */
    private boolean isEmulated() {
        BuildPlan asked = BuildPlan.parse(plan.getBytes(StandardCharsets.UTF_8));
        return asked.emulate()
                && !asked.platform().arch().equals(ContainerTool.platformHere().arch());
    }
}

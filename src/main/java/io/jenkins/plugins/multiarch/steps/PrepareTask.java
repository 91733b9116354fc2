package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BasePins;
import io.jenkins.plugins.multiarch.builder.BuildMaterials;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderScript;
import io.jenkins.plugins.multiarch.builder.ChosenBuilder;
import io.jenkins.plugins.multiarch.builder.Material;
import io.jenkins.plugins.multiarch.builder.PreparedBuild;
import io.jenkins.plugins.multiarch.builder.ReproduceScript;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Pins the base images and writes what the builder needs, on the agent.
 *
 * @param folder to be private to this build, an absolute path
 * @param environment that the builder runs in
 * @param registries that base images may come from
 * @param url where the source was fetched from, or empty
 * @param commit the revision of the source, or empty
 * @param started when, by the clock of the controller, in milliseconds since 1970
 */
record PrepareTask(
        String plan,
        String chosen,
        String folder,
        HashMap<String, String> environment,
        ArrayList<String> registries,
        String url,
        String commit,
        long started)
        implements RegistryTask<PreparedCell> {
    private static final long serialVersionUID = 1L;

    @Override
    public PreparedCell run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        Path files = workspace.orElseThrow();
        BuildPlan asked = BuildPlan.parse(plan.getBytes(StandardCharsets.UTF_8));
        ChosenBuilder builder = ChosenBuilder.parse(chosen.getBytes(StandardCharsets.UTF_8));
        log.accept(asked.platform() + " is built by " + builder.kind()
                + (builder.version().isEmpty() ? "" : " " + builder.version())
                + (builder.emulated() ? ", emulated. " : ". ") + builder.reason());
        PrivateFolders.renew(Path.of(folder));
        BuildPlan pinned = asked.withBaseImages(BasePins.of(files, asked, registry, log));
        PreparedBuild.prepare(files, Path.of(folder), pinned, builder, environment);
        return new PreparedCell(
                new String(pinned.toJson(), StandardCharsets.UTF_8),
                folder,
                BuilderScript.of(pinned, builder, folder),
                reproduce(pinned, builder),
                Material.write(BuildMaterials.of(files, Path.of(folder), pinned)),
                builder.kind().toString(),
                builder.version(),
                builder.emulated(),
                started);
    }

    private String reproduce(BuildPlan pinned, ChosenBuilder builder) {
        return ReproduceScript.of(pinned, builder, url, commit, pinned.baseImages());
    }
}

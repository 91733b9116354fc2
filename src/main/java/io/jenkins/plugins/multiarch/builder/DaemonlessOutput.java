package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds with our own builder, and leaves what the others leave. */
public final class DaemonlessOutput {

    private DaemonlessOutput() {}

    /**
     * Takes the place of the script, after {@link PreparedBuild#prepare}; {@link BuiltOutput} reads what it writes.
     *
     * @throws ReleaseException also where the plan has secrets, which nothing could use
     */
    public static void write(Path workspace, Path folder, BuildPlan plan, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        if (!plan.secrets().isEmpty()) {
            throw new ReleaseException(
                    "The daemonless builder was given secrets, and runs nothing that could read them.",
                    "Leave the secrets out, or take another builder.");
        }
        WorkspacePaths paths = WorkspacePaths.of(workspace);
        Path layout = new BuildFolder(folder).file(BuildFolder.LAYOUT);
        try (BuiltImages built = new DaemonlessBuilder(registry, log).build(request(paths, folder, plan));
                OciLayoutWriter writer = OciLayoutWriter.folder(layout)) {
            Manifest root = built.root(layout.toString(), List.of(), Map.of());
            built.write(writer, root, "");
            writer.finish();
        }
    }

    private static BuildRequest request(WorkspacePaths paths, Path folder, BuildPlan plan) throws IOException {
        BuildRequest request = BuildRequest.of(paths.folder(plan.context(), "The context"), List.of(plan.platform()))
                .withDockerfile(paths.file(plan.dockerfilePath(), "The Dockerfile"))
                .withBuildArgs(plan.buildArgs())
                .withContexts(contexts(paths, folder, plan))
                .withLabels(plan.labels())
                .withAnnotations(plan.annotations())
                .withCreated(Instant.ofEpochSecond(plan.sourceDateEpoch().orElse(0)));
        return plan.target().isPresent() ? request.withTarget(plan.target().get()) : request;
    }

    private static Map<String, BuildContext> contexts(WorkspacePaths paths, Path folder, BuildPlan plan)
            throws IOException {
        Map<String, BuildContext> contexts = new HashMap<>();
        for (Map.Entry<String, String> entry : plan.contexts().entrySet()) {
            contexts.put(entry.getKey(), inside(paths, BuildContext.parse(entry.getValue())));
        }
        plan.baseImages().forEach((name, image) -> contexts.put(name, new BuildContext.RegistryImage(image)));
        if (!plan.prebuilt().isEmpty()) {
            contexts.put(
                    BuildPlan.ARTIFACTS, new BuildContext.Folder(new BuildFolder(folder).file(BuildFolder.ARTIFACTS)));
        }
        return contexts;
    }

    private static BuildContext inside(WorkspacePaths paths, BuildContext context) throws IOException {
        if (context instanceof BuildContext.Folder folder) {
            return new BuildContext.Folder(paths.folder(folder.path().toString(), "The build context"));
        }
        if (context instanceof BuildContext.LayoutImage layout) {
            return new BuildContext.LayoutImage(
                    paths.inside(layout.path().toString(), "The build context"), layout.name());
        }
        return context;
    }
}

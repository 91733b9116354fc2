package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.builder.DaemonlessOutput;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at what was built and pushes it by digest, on the agent. Our own builder builds here.
 *
 * @param status that the builder's script ended with
 */
record CollectTask(String cell, String prepared, int status) implements RegistryTask<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of(
                ImageRef.parse(BuildCell.parse(cell).repository()).repository().registry());
    }

    @Override
    public String run(Registry registry, Optional<Path> workspace, Consumer<String> log)
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
            if (!built.delivery().folder().isEmpty()) {
                Path files = folder.resolve(PlatformFiles.FOLDER);
                PrivateFolders.delete(files);
                output.writeFiles(files, folder);
            }
            if (!built.delivery().repository().isEmpty()) {
                output.push(
                        registry, ImageRef.parse(built.delivery().repository()).repository(), log);
            }
            Optional<Descriptor> archive = built.delivery().archive().isEmpty()
                    ? Optional.empty()
                    : Optional.of(archive(output, folder.resolve(StagedPlatform.archive(plan.platform()))));
            return CollectedImage.of(output, archive).toJson().toString();
        }
    }

    private static Descriptor archive(BuiltOutput output, Path file) throws IOException, InterruptedException {
        output.writeArchive(file);
        MessageDigest hasher = Digest.hasher("sha256");
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), hasher)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return Descriptor.of("application/x-tar", Digest.finish("sha256", hasher.digest()), Files.size(file));
    }

    private void refuseUnlessEnded(BuildPlan plan, PreparedCell ready) {
        if (status != 0) {
            throw new ReleaseException(
                    plan.platform() + " was not built: " + ready.builderText() + " ended with " + status + ".",
                    "Its own words above say why.");
        }
    }
}

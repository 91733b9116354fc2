package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.Dockerfile;
import io.jenkins.plugins.multiarch.build.DockerfileImages;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build of a platform takes besides its source: base images that are pinned, and prebuilt programs. */
public final class BuildMaterials {
    private final BuildPlan plan;

    private BuildMaterials(BuildPlan plan) {
        this.plan = plan;
    }

    /**
     * All of it, after {@link PreparedBuild#prepare}. Of a base image that the builder was not told by its digest nothing is
     * said, for whatever it takes then is not known here.
     *
     * @param folder the private folder
     * @param pinned with {@link BasePins its base images}
     */
    public static List<Material> of(Path workspace, Path folder, BuildPlan pinned) throws IOException {
        Path file = WorkspacePaths.of(workspace).file(pinned.dockerfilePath(), "The Dockerfile");
        List<Material> materials = new ArrayList<>(
                new BuildMaterials(pinned).baseImages(DockerfileContent.text(DockerfileContent.read(file))));
        if (!pinned.prebuilt().isEmpty()) {
            Path artifacts = new BuildFolder(folder).file(BuildFolder.ARTIFACTS);
            materials.addAll(PrebuiltMaterials.of(artifacts, pinned.platform().arch()));
        }
        return List.copyOf(materials);
    }

    private List<Material> baseImages(String dockerfile) {
        try {
            return DockerfileImages.of(Dockerfile.parse(dockerfile), plan.target(), plan.buildArgs(), plan.platform())
                    .stream()
                    .flatMap(this::baseImage)
                    .distinct()
                    .toList();
        } catch (ReleaseException e) {
            // Its images are not pinned either, and the log has said so.
            return List.of();
        }
    }

    private Stream<Material> baseImage(DockerfileImages.Use use) {
        Optional<Platform> platform = use.ofTarget() ? Optional.of(plan.platform()) : Optional.empty();
        return exact(use.name()).stream().map(image -> Material.baseImage(use.name(), image, platform));
    }

    private Optional<ImageRef> exact(String name) {
        String context = plan.contexts().get(name);
        if (context != null
                || name.equals(BuildPlan.ARTIFACTS) && !plan.prebuilt().isEmpty()) {
            return context != null && BuildContext.parse(context) instanceof BuildContext.RegistryImage other
                    ? Optional.of(other.image()).filter(image -> image.digest().isPresent())
                    : Optional.empty();
        }
        Set<ImageRef> told = plan.baseImages().entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || PinnedDockerfile.isSameImage(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        return told.isEmpty() ? written(name) : told.stream().findFirst().filter(only -> told.size() == 1);
    }

    /** A name that has its digest is exact by itself. */
    private static Optional<ImageRef> written(String name) {
        try {
            return Optional.of(ImageRef.parse(name))
                    .filter(image -> image.digest().isPresent());
        } catch (ReleaseException e) {
            return Optional.empty();
        }
    }
}

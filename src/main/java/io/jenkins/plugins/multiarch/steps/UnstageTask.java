package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.Unstaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes of the archives in a folder of the node what was asked for; only loading is left to the node's docker.
 *
 * @param documents what describes the staged image, by file name
 * @param where names the staged image in refusals
 * @param folder that holds the archives
 */
record UnstageTask(UnstageRequest request, HashMap<String, byte[]> documents, String where, String folder)
        implements RegistryTask<UnstagedImage> {
    private static final long serialVersionUID = 1L;

    /** The file to load, in the folder. */
    static final String TO_LOAD = "load.tar";

    @Override
    public List<String> registries() {
        request.refuseUnclear();
        return request.repository().stream()
                .map(repository -> repository.registry())
                .toList();
    }

    @Override
    public UnstagedImage run(Registry registry, Optional<Path> node, Consumer<String> log)
            throws IOException, InterruptedException {
        Path workspace = node.orElseThrow();
        StageRecord record = StageRecord.read(documents::get, where);
        try (Unstaging unstaging = Unstaging.open(record, Path.of(folder), log)) {
            write(unstaging, request.archive(), "archive", workspace);
            write(unstaging, request.layout(), "layout", workspace);
            if (request.load() != null) {
                Platform platform = request.asked().orElseGet(ContainerTool::platformHere);
                unstaging.writeForDocker(platform, request.loadedName(), Path.of(folder, TO_LOAD));
            }
            Optional<ImageRef> pushed = request.repository().isPresent()
                    ? Optional.of(unstaging.push(registry, request.repository().get(), Tag.parseAll(request.tags())))
                    : Optional.empty();
            return new UnstagedImage(record, request, pushed);
        }
    }

    private static void write(Unstaging unstaging, String path, String argument, Path workspace) throws IOException {
        if (path == null) {
            return;
        }
        boolean archive = argument.equals("archive");
        Path target =
                WorkspacePath.inside(workspace, Path.of(path), argument, archive ? "build/image.tar" : "build/image");
        Files.createDirectories(target.getParent());
        unstaging.write(target, archive);
    }
}

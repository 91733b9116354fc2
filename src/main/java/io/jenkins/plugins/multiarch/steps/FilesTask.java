package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads small files of the workspace.
 *
 * @param limit the largest that is read, in bytes
 */
record FilesTask(ArrayList<String> paths, int limit) implements RegistryTask<HashMap<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public HashMap<String, byte[]> run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException {
        HashMap<String, byte[]> contents = new HashMap<>();
        for (String path : paths) {
            contents.put(path, read(file(workspace, path, "of a document", "build/sbom.json"), path, limit));
        }
        return contents;
    }

    /**
     * What an agent answered, which may be another than ours.
     *
     * @throws ReleaseException if a file is missing in it, or larger than was asked for
     */
    Map<String, byte[]> checked(Map<String, byte[]> answer) {
        for (String path : paths) {
            byte[] content = answer.get(path);
            if (content == null || content.length > limit) {
                throw new ReleaseException(
                        "The agent answered without '" + Shown.of(path) + "', or with more than the " + limit
                                + " bytes of it that are taken.",
                        "Find out what runs on this agent: ours does neither.");
            }
        }
        return answer;
    }

    /** @throws ReleaseException if there is no such file in the workspace */
    static Path file(Optional<Path> workspace, String path, String argument, String example) {
        Path file = WorkspacePath.inside(workspace.orElseThrow(() -> outside(path)), Path.of(path), argument, example);
        if (!Files.isRegularFile(file)) {
            throw new ReleaseException(
                    "'" + Shown.of(path) + "' is not a file of the workspace.",
                    "Check its name, and that an earlier stage wrote it on this node.");
        }
        return file;
    }

    /** @throws ReleaseException if it has more bytes than the limit */
    static byte[] read(Path file, String path, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new ReleaseException(
                        "'" + Shown.of(path) + "' has more than the " + limit + " bytes that are taken.",
                        "Attest the digest of what is so large instead, or make it smaller.");
            }
            return content;
        }
    }

    private static ReleaseException outside(String path) {
        return new ReleaseException(
                "'" + Shown.of(path) + "' is a file, and the step was called outside node, where there is none.",
                "Call it inside the node that has the file.");
    }
}

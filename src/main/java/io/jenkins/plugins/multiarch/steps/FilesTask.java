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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads small files of the workspace.
 *
 * @param limit the largest that is read, in bytes; all together may have {@value #TOGETHER} times as much
 */
record FilesTask(ArrayList<String> paths, int limit) implements RegistryTask<HashMap<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    /** How many of the largest files are taken at once: they are all held in memory, on both sides. */
    static final int TOGETHER = 4;

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public HashMap<String, byte[]> run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException {
        HashMap<String, byte[]> contents = new HashMap<>();
        long all = 0;
        for (String path : new LinkedHashSet<>(paths)) {
            byte[] content = read(file(workspace, path, "of a document", "build/sbom.json"), path, limit);
            all += content.length;
            refuseTooMany(all, limit);
            contents.put(path, content);
        }
        return contents;
    }

    /**
     * What an agent answered, which may be another than ours.
     *
     * @throws ReleaseException if a file is missing in it, or there is more of them than was asked for
     */
    Map<String, byte[]> checked(Map<String, byte[]> answer) {
        Map<String, byte[]> contents = new HashMap<>();
        long all = 0;
        for (String path : new LinkedHashSet<>(paths)) {
            byte[] content = answer.get(path);
            if (content == null || content.length > limit) {
                throw strange(path, limit);
            }
            all += content.length;
            refuseTooMany(all, limit);
            contents.put(path, content);
        }
        return contents;
    }

    /** What no agent of ours answers when it is asked for so many bytes of a file. */
    static ReleaseException strange(String path, int limit) {
        return new ReleaseException(
                "The agent answered without '" + Shown.of(path) + "', or with more than the " + limit
                        + " bytes of it that are taken.",
                "Find out what runs on this agent: ours does neither.");
    }

    /** @throws ReleaseException if files with so many bytes are too much together, where each may have as many as the limit */
    static void refuseTooMany(long bytes, int limit) {
        long most = (long) TOGETHER * limit;
        if (bytes > most) {
            throw new ReleaseException(
                    "The files have more than the " + most + " bytes together that are taken.",
                    "Call the step several times, each time with some of them.");
        }
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

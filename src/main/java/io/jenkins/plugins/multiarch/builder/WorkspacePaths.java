package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The paths of a plan, none of which leads out of the workspace, not by a link either. */
record WorkspacePaths(Path workspace) {

    static WorkspacePaths of(Path workspace) throws IOException {
        return new WorkspacePaths(workspace.toRealPath());
    }

    /** @param what the path is, as in {@code the context} */
    Path folder(String path, String what) throws IOException {
        Path found = inside(path, what);
        if (!Files.isDirectory(found)) {
            throw new ReleaseException(
                    what + " '" + Shown.of(path) + "' is not a folder.", "Give a folder of the workspace.");
        }
        return found;
    }

    Path file(String path, String what) throws IOException {
        Path found = inside(path, what);
        if (!Files.isRegularFile(found)) {
            throw new ReleaseException(
                    what + " '" + Shown.of(path) + "' is not a file.", "Give a file of the workspace.");
        }
        return found;
    }

    Path inside(String path, String what) throws IOException {
        Path named = named(path, what);
        if (!named.startsWith(workspace)) {
            throw outside(path, what);
        }
        if (!Files.exists(named)) {
            throw new ReleaseException(
                    what + " '" + Shown.of(path) + "' is not in the workspace.",
                    "Check its name, and that the checkout or an earlier stage brings it there.");
        }
        Path real = named.toRealPath();
        if (!real.startsWith(workspace)) {
            throw outside(path, what);
        }
        return real;
    }

    private Path named(String path, String what) {
        try {
            return workspace.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw outside(path, what);
        }
    }

    private static ReleaseException outside(String path, String what) {
        return new ReleaseException(
                what + " '" + Shown.of(path) + "' leads out of the workspace.",
                "Give a path inside it that no symbolic link leads away from.");
    }
}

package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Paths that a Jenkinsfile names: they lie in the workspace and nowhere else, by a symbolic link either. */
final class WorkspacePath {
    private static final Logger LOGGER = Logger.getLogger(WorkspacePath.class.getName());

    private WorkspacePath() {}

    /**
     * A path as the file system knows it.
     *
     * @param example of a right one, for the refusal
     * @throws ReleaseException if it leads out of the workspace
     */
    static Path inside(Path workspace, Path path, String argument, String example) {
        Path file = workspace.resolve(path).normalize();
        if (!file.startsWith(workspace) || isLedOut(workspace, file)) {
            throw new ReleaseException(
                    "The argument " + argument + " names '" + Shown.of(path.toString())
                            + "', which is outside the workspace.",
                    "Name a path inside the workspace, as in " + example + ".");
        }
        return file;
    }

    /**
     * For a form, which has no workspace to look into.
     *
     * @throws ReleaseException if it would lead out of any
     */
    static void refuseOutside(String path, String argument, String example) {
        inside(Path.of("/workspace"), Path.of(path), argument, example);
    }

    /** Whether a symbolic link on the way to a file leads out of the workspace, or nowhere. */
    private static boolean isLedOut(Path workspace, Path file) {
        Path there = file;
        while (!there.equals(workspace) && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        try {
            return !there.equals(workspace) && !there.toRealPath().startsWith(workspace.toRealPath());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Treated as a link that leads nowhere.", e);
            return true;
        }
    }

    /** The same of an image that may lie in a file. */
    static GateSubject inside(Path workspace, GateSubject subject) {
        if (subject instanceof GateSubject.InLayout layout) {
            inside(workspace, layout.path(), "image", "build/image");
        } else if (subject instanceof GateSubject.InDockerArchive archive) {
            inside(workspace, archive.path(), "image", "build/image");
        }
        return subject.in(workspace);
    }
}

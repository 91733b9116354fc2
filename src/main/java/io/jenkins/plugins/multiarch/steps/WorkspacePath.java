package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.nio.file.Path;

/** Paths that a Jenkinsfile names: they lie in the workspace and nowhere else. */
final class WorkspacePath {

    private WorkspacePath() {}

    /**
     * A path as the file system knows it.
     *
     * @param example of a right one, for the refusal
     * @throws ReleaseException if it leads out of the workspace
     */
    static Path inside(Path workspace, Path path, String argument, String example) {
        Path file = workspace.resolve(path).normalize();
        if (!file.startsWith(workspace)) {
            throw new ReleaseException(
                    "The argument " + argument + " names '" + Shown.of(path.toString())
                            + "', which is outside the workspace.",
                    "Name a path inside the workspace, as in " + example + ".");
        }
        return file;
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

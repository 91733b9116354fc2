package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jenkins.util.BuildListenerAdapter;

/** The files of an image of one platform: a folder in the workspace it was built in, and artifacts of the build. */
record PlatformFiles(Run<?, ?> run) {

    /** Where they are, in the workspace and among the artifacts: {@code symbols/linux-arm64}. */
    static String of(BuildCell cell) {
        return cell.delivery().folder() + "/" + cell.plan().platform().slug();
    }

    /**
     * The folder in the workspace, without what another build left there.
     *
     * @throws ReleaseException if a link would lead the files elsewhere
     */
    static Path cleared(Path workspace, BuildCell cell) throws IOException {
        Path folder = workspace.resolve(of(cell));
        if (Files.isSymbolicLink(folder.getParent()) || Files.isSymbolicLink(folder)) {
            throw new ReleaseException(
                    "The files of " + cell.plan().platform() + " are to be written to '" + of(cell)
                            + "', and a symbolic link is in its place.",
                    "Name another folder in outputs, or take the link out of the source.");
        }
        PrivateFolders.delete(folder);
        return folder;
    }

    /** Keeps those that are files; links and empty folders are in the workspace only. */
    void keep(BuildCell cell, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        String folder = of(cell);
        Map<String, String> artifacts = new TreeMap<>();
        for (String file : workspace.child(folder).act(new RegularFiles())) {
            artifacts.put(folder + "/" + file, folder + "/" + file);
        }
        run.pickArtifactManager().archive(workspace, launcher, BuildListenerAdapter.wrap(listener), artifacts);
    }
}

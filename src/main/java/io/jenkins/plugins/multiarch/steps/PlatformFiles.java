package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import jenkins.util.BuildListenerAdapter;

/** The files of an image of one platform: a folder in the workspace it was built in, and artifacts of the build. */
record PlatformFiles(Run<?, ?> run) {

    /** Where they are, in the workspace and among the artifacts: {@code symbols/linux-arm64}. */
    static String of(BuildCell cell) {
        return cell.delivery().folder() + "/" + cell.plan().platform().slug();
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

package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import jenkins.util.BuildListenerAdapter;

/** The files of an image of one platform, which are artifacts of the build: below {@code symbols/linux-arm64}, for example. */
record PlatformFiles(Run<?, ?> run) {
    /** Where they are in the private folder of the platform. Not in the workspace, which other images are built of. */
    static final String FOLDER = "files";

    /** Keeps those that are files; links and empty folders are nothing that artifacts can be. */
    void keep(BuildCell cell, FilePath folder, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        String place = cell.delivery().folder() + "/" + cell.plan().platform().slug() + "/";
        Map<String, String> artifacts = new TreeMap<>();
        for (String file : folder.child(FOLDER).act(new RegularFiles())) {
            artifacts.put(place + file, FOLDER + "/" + file);
        }
        run.pickArtifactManager().archive(folder, launcher, BuildListenerAdapter.wrap(listener), artifacts);
        listener.getLogger().println("Kept the files of " + cell.plan().platform() + " as " + place + ".");
    }
}

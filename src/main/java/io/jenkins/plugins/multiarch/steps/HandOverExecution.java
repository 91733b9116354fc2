package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Moves an image between a node and the artifacts of a build, through a folder of its own beside the workspace. */
abstract class HandOverExecution<T extends Serializable> extends ResumableStepExecution<T> {
    private static final long serialVersionUID = 1L;

    /** Kept, so that work done again after a restart clears away what was left. */
    private final String folderName = "multiarch-" + UUID.randomUUID();

    HandOverExecution(StepContext context, @CheckForNull String credentialsId) {
        super(context, credentialsId);
    }

    /** The step's name in a Jenkinsfile. */
    abstract String function();

    /** @param folder empty, and gone afterwards */
    abstract T handOver(FilePath workspace, FilePath folder) throws IOException, InterruptedException;

    @Override
    final T result() throws IOException, InterruptedException {
        if (!isInsideNode()) {
            throw new ReleaseException(
                    function() + " was called outside node, where no files can be.",
                    "Call it inside the node that has the image or shall have it.");
        }
        return inFolder(getContext().get(FilePath.class));
    }

    private T inFolder(FilePath workspace) throws AbortException, InterruptedException {
        try {
            return inNewFolder(workspace);
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new ReleaseException(
                    function() + " could not move its files: " + e.getClass().getSimpleName() + " "
                            + Shown.of(String.valueOf(e.getMessage())) + ".",
                    "Check the free space of the node and of what keeps the artifacts, then run the step again.",
                    e);
        }
    }

    private T inNewFolder(FilePath workspace) throws IOException, InterruptedException {
        FilePath folder = WorkspaceList.tempDir(workspace).child(folderName);
        folder.deleteRecursive();
        folder.mkdirs();
        try {
            return handOver(workspace, folder);
        } finally {
            folder.deleteRecursive();
        }
    }

    /**
     * The node's docker or podman, as the Pipeline's own commands would find it.
     *
     * @param folder to start it in, which the workspace need not be there for
     */
    final ContainerTool tool(FilePath folder) throws IOException, InterruptedException {
        TaskListener listener = getContext().get(TaskListener.class);
        return new ContainerTool(
                new LauncherCommands(
                        getContext().get(Launcher.class), getContext().get(EnvVars.class), folder, listener),
                listener.getLogger()::println);
    }
}

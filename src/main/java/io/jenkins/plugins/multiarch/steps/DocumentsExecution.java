package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A step that works on the controller, and needs a node for nothing but the files that it is given the names of. */
abstract class DocumentsExecution<T extends Serializable> extends ResumableStepExecution<T> {
    private static final long serialVersionUID = 1L;

    DocumentsExecution(StepContext context, @CheckForNull String credentialsId) {
        super(context, credentialsId);
    }

    /** The files of the workspace that it needs. */
    abstract List<String> paths();

    @Override
    boolean needsNode() {
        return !paths().isEmpty();
    }

    /**
     * The files, by their paths.
     *
     * @param limit of each of them, in bytes
     */
    final Map<String, byte[]> documents(int limit) throws IOException, InterruptedException {
        if (paths().isEmpty()) {
            return Map.of();
        }
        FilesTask task = new FilesTask(new ArrayList<>(paths()), limit);
        return task.checked(carryOut(task));
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Where the Pipeline of a build comes from, as the controller knew it before the first line of it ran. Saved with the
 * build and not changed after that, whatever happens to the job, so no script, agent or new configuration has a say in it.
 */
public final class PipelineRecord extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(PipelineRecord.class.getName());

    private final String repository;
    private final String ref;
    private final String path;
    private final String commit;
    private final boolean inline;
    private final boolean replayed;

    private PipelineRecord(PipelineSource source) {
        repository = source.repository();
        ref = source.ref();
        path = source.path();
        commit = source.commit();
        inline = source.inline();
        replayed = source.replayed();
    }

    PipelineSource source() {
        return new PipelineSource(repository, ref, path, commit, inline, replayed);
    }

    /** Comes last of all listeners, for right after them Jenkins asks the job for its Pipeline. */
    @Extension(ordinal = -Double.MAX_VALUE)
    public static final class Started extends RunListener<WorkflowRun> {

        @Override
        public void onStarted(WorkflowRun run, TaskListener listener) {
            PipelineSource source = ConfiguredSource.of(run.getParent());
            run.addAction(new PipelineRecord(isReplay(run) ? source.asReplayed() : source));
        }

        /** Whether something else than the job brings the text: Replay, Rebuild, Restart from Stage. */
        private static boolean isReplay(WorkflowRun run) {
            return Stream.of(run.getActions(CpsFlowFactoryAction.class), run.getActions(CpsFlowFactoryAction2.class))
                    .anyMatch(brought -> !brought.isEmpty());
        }
    }

    /** By now Jenkins has the text, and none of it ran. */
    @Extension
    public static final class Created extends FlowExecutionListener {

        @Override
        public void onCreated(FlowExecution execution) {
            try {
                Object executable = execution.getOwner().getExecutable();
                if (executable instanceof WorkflowRun run) {
                    complete(run);
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Where a Pipeline comes from could not be saved.", e);
            }
        }

        /** A job that was changed since the build started may have had the text from before or after. */
        private static void complete(WorkflowRun run) throws IOException {
            PipelineSource started = PipelineSource.of(run);
            if (started.replayed()) {
                return;
            }
            boolean changed = !ConfiguredSource.of(run.getParent()).equals(started);
            String commit = started.isRead() ? ConfiguredSource.commit(run, started.repository()) : "";
            if (changed || !commit.isEmpty()) {
                run.replaceAction(new PipelineRecord(changed ? PipelineSource.UNKNOWN : started.at(commit)));
                run.save();
            }
        }
    }
}

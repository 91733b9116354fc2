package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Does a step's work in a thread of its own, its tasks on the agent inside {@code node} and on the controller outside it,
 * and turns refusals into a failure without a stack trace.
 *
 * <p>The work finds what was done already, so it is simply done again where the controller was restarted or the agent's
 * connection broke in the middle. An abort interrupts it, and ends the step at once unless it {@link #endsByItself}.
 */
abstract class ResumableStepExecution<T extends Serializable> extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ResumableStepExecution.class.getName());

    /** How often work is done again because the agent was lost; work that kills its agent ends there. */
    private static final int MAX_LOSSES = 3;

    /**
     * How long to wait, in milliseconds, before looking again for a workspace. Nobody tells when there is one: after a
     * restart Jenkins leases it some time after the agent came online.
     */
    private static final long PAUSE = 1000;

    private final @CheckForNull String credentialsId;

    /** Kept, as after a restart the node may be known only later, or never again. */
    private boolean insideNode;

    private transient volatile boolean stopped;

    /** The thread at work, and the abort that is the step's answer as soon as that has ended. */
    private transient @CheckForNull Thread working;

    private transient @CheckForNull Throwable abort;

    ResumableStepExecution(StepContext context, @CheckForNull String credentialsId) {
        super(context);
        this.credentialsId = credentialsId;
    }

    /** What is settled once, when the step starts: with the build's own permissions, and on the Pipeline's thread. */
    void begin() throws IOException, InterruptedException {}

    /** The step's work; may be done any number of times. */
    abstract T result() throws IOException, InterruptedException;

    /** Whether the work goes to the node where the step is inside one; else it does not even wait for it. */
    boolean needsNode() {
        return true;
    }

    /**
     * Whether an abort is answered only when the work has ended, which it soon does where it is interrupted: so that whoever
     * comes next finds what it put back, and the build's log says so.
     */
    boolean endsByItself() {
        return false;
    }

    @Override
    public final boolean start() throws IOException, InterruptedException {
        insideNode = getContext().get(Node.class) != null;
        try {
            begin();
        } catch (ReleaseException e) {
            throw RegistryCall.refused(e.getMessage(), e);
        }
        run(this::perform);
        return false;
    }

    @Override
    public final void onResume() {
        run(this::perform);
    }

    /** A restart in the middle costs no more than running it again. */
    @Override
    public final boolean blocksRestart() {
        return false;
    }

    /** An abort is the build's whole answer: what it breaks off is no news. */
    @Override
    public final void stop(Throwable cause) throws Exception {
        stopped = true;
        if (!isLeftToItsWork(cause)) {
            super.stop(cause);
        }
    }

    /** Another abort does not interrupt it again, which would break off what the first one made it do. */
    private synchronized boolean isLeftToItsWork(Throwable cause) {
        if (working == null || !endsByItself()) {
            return false;
        }
        if (abort == null) {
            abort = cause;
            working.interrupt();
        }
        return true;
    }

    private void perform() throws IOException, InterruptedException {
        synchronized (this) {
            working = Thread.currentThread();
        }
        try {
            T result = insideNode && needsNode() ? resultOnNode() : result();
            MadeImages.note(getContext().get(Run.class), result);
            if (ended() == null) {
                getContext().onSuccess(result);
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            boolean aborted = ended() != null;
            if (stopped || Jenkins.get().isTerminating()) {
                LOGGER.log(Level.FINE, "Broken off by an abort, or by the end of the controller until it is back.", e);
                if (aborted) {
                    sayWhyItCouldNotEnd(e);
                }
                return;
            }
            Optional<AbortException> refusal = RegistryCall.refusal(e);
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            throw e;
        } finally {
            Throwable answer = ended();
            if (answer != null) {
                getContext().onFailure(answer);
            }
        }
    }

    /** No abort is left to the work any longer; the one that was, if any, has interrupted enough. */
    private synchronized @CheckForNull Throwable ended() {
        working = null;
        if (abort != null) {
            Thread.interrupted();
        }
        return abort;
    }

    private void sayWhyItCouldNotEnd(Exception problem) throws IOException, InterruptedException {
        Optional<AbortException> refusal = RegistryCall.refusal(problem);
        if (refusal.isPresent()) {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println(refusal.get().getMessage());
        }
    }

    /** Runs one task, where the step is. */
    final <R extends Serializable> R carryOut(RegistryTask<R> task) throws IOException, InterruptedException {
        RegistryCall<R> call = call(task);
        return insideNode ? getContext().get(FilePath.class).act(call) : call.withoutWorkspace();
    }

    /** A task with its credentials, to be sent where it shall run. */
    final <R extends Serializable> RegistryCall<R> call(RegistryTask<R> task) throws IOException, InterruptedException {
        return new RegistryCall<>(task, access(task.registries()), getContext().get(TaskListener.class));
    }

    /** The registries, with the credentials of the step for the first of them. */
    final RegistryAccess access(List<String> registries) throws IOException, InterruptedException {
        return new RegistryLogins(getContext().get(Run.class)).access(credentialsId, registries);
    }

    final boolean isInsideNode() {
        return insideNode;
    }

    /** The step's work, once more from its start where the connection to the node broke. */
    private T resultOnNode() throws IOException, InterruptedException {
        for (int losses = 0; ; losses++) {
            FilePath workspace = awaitWorkspace();
            try {
                return result();
            } catch (IOException | RuntimeException e) {
                if (!isLost(workspace) || losses == MAX_LOSSES) {
                    throw e;
                }
                LOGGER.log(Level.FINE, "The agent was lost.", e);
                getContext()
                        .get(TaskListener.class)
                        .getLogger()
                        .println("The connection to the agent broke; the step runs again when it is back.");
            }
        }
    }

    /** Waits for the agent as long as it takes: a node that is not coming back ends the step from outside. */
    private FilePath awaitWorkspace() throws InterruptedException {
        Optional<FilePath> found = liveWorkspace();
        while (found.isEmpty()) {
            Thread.sleep(PAUSE);
            found = liveWorkspace();
        }
        return found.get();
    }

    private Optional<FilePath> liveWorkspace() throws InterruptedException {
        try {
            return Optional.ofNullable(getContext().get(FilePath.class)).filter(workspace -> !isLost(workspace));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The agent is not there.", e);
            return Optional.empty();
        }
    }

    private static boolean isLost(FilePath workspace) {
        return workspace.getChannel() instanceof Channel channel && channel.isClosingOrClosed();
    }
}

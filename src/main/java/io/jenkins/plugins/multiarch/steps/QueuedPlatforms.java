package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Label;
import hudson.model.PeriodicWork;
import hudson.model.Queue;
import hudson.model.Result;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution.PlaceholderTask;

/**
 * Takes platforms out of Jenkins' queue, which knows no limit, when all agents are gone that they queue for. They look for an
 * agent once more then, and wait, or do without, as they were told to.
 */
@Extension
public final class QueuedPlatforms extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(QueuedPlatforms.class.getName());

    /** What had no agent the last time, by its id in the queue. It had until now to come back, also after a restart. */
    private Set<Long> before = Set.of();

    /** In milliseconds. */
    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void doRun() throws InterruptedException {
        Set<Long> stranded = new HashSet<>();
        for (Queue.Item item : Queue.getInstance().getItems()) {
            if (item.task instanceof PlaceholderTask task && isStranded(task)) {
                stranded.add(item.getId());
                if (before.contains(item.getId())) {
                    giveBack(task);
                }
            }
        }
        before = stranded;
    }

    /**
     * What has begun is Jenkins' own to wait for: it goes on where it was, when its agent is back. What asks for no label is
     * no platform. One item that cannot be looked at is not in the way of the others.
     */
    private static boolean isStranded(PlaceholderTask task) throws InterruptedException {
        if (task.hasStarted()) {
            return false;
        }
        try {
            Label label = task.getAssignedLabel();
            FlowNode node = label == null ? null : node(task);
            return node != null && isPlatform(node) && !AgentChecks.isAvailable(label);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not see what " + task + " waits for.");
            return false;
        }
    }

    private static @CheckForNull FlowNode node(PlaceholderTask task) throws InterruptedException {
        try {
            return task.getNode();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build is over.", e);
            return null;
        }
    }

    /** The packaged script asks for an executor right after it has looked for an agent. */
    private static boolean isPlatform(FlowNode node) {
        List<FlowNode> parents = node.getParents();
        return !parents.isEmpty() && parents.get(0).getDisplayFunctionName().equals(AgentStep.FUNCTION);
    }

    private static void giveBack(PlaceholderTask task) throws InterruptedException {
        FlowNode node = node(task);
        StepExecution.acceptAll(ExecutorStepExecution.class, execution -> {
            try {
                if (execution.getContext().get(FlowNode.class).equals(node)) {
                    execution.stop(new FlowInterruptedException(Result.FAILURE, false, new Gone()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOGGER.log(Level.FINE, "The build is over.", e);
            }
        });
    }

    /** Whether a platform only lost its place in the queue. */
    public static boolean isGivenBack(Throwable failure) {
        return failure instanceof FlowInterruptedException interruption
                && interruption.getCauses().stream().anyMatch(Gone.class::isInstance);
    }

    /** Why a platform looks for an agent once more. */
    public static final class Gone extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return Messages.QueuedPlatforms_gone();
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.AgentErrorCondition;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The part of buildMultiArch that looks at what a builder left, and pushes or keeps it. By what and how it was built is as
 * {@link PrepareStep} recorded it in this build.
 */
public final class CollectStep extends Step {
    private final String cell;
    private final int status;

    /** @param status that the builder's script ended with */
    @DataBoundConstructor
    public CollectStep(String cell, int status) {
        this.cell = cell;
        this.status = status;
    }

    public String getCell() {
        return cell;
    }

    public int getStatus() {
        return status;
    }

    @Override
    public StepExecution start(StepContext context) throws FlowInterruptedException {
        // What sh answers when the machine forgot the process, as after it was started anew.
        if (status < 0) {
            throw new FlowInterruptedException(Result.FAILURE, false, new Forgotten());
        }
        return new Execution(this, context);
    }

    /** Why a platform is built once more: its agent does not know of the build any longer. */
    public static final class Forgotten extends CauseOfInterruption implements AgentErrorCondition.Retryable {
        private static final long serialVersionUID = 1L;

        @Override
        public String getShortDescription() {
            return Messages.CollectStep_forgotten();
        }
    }

    private static final class Execution extends ResumableStepExecution<String> {
        private static final long serialVersionUID = 1L;

        private final String cell;
        private final int status;

        Execution(CollectStep step, StepContext context) {
            super(
                    context,
                    BuildCell.given(BuildCell.parse(step.cell).delivery().credentialsId())
                            .orElse(null));
            this.cell = step.cell;
            this.status = step.status;
        }

        @Override
        String result() throws IOException, InterruptedException {
            BuildCell ordered = BuildCell.parse(cell);
            PlatformRecords records = new PlatformRecords(getContext().get(Run.class));
            Optional<String> before = records.result(ordered);
            if (before.isPresent()) {
                return before.get();
            }
            String prepared = records.preparation(ordered, agent());
            PreparedCell ready = PreparedCell.parse(prepared);
            FilePath temporary = WorkspaceList.tempDir(getContext().get(FilePath.class));
            FilePath folder = temporary.child(PrivateFolders.nameIn(temporary.getRemote(), ready.folder()));
            String collected;
            try {
                collected = carryOut(new CollectTask(cell, prepared, status));
            } catch (AbortException e) {
                records.failed(ordered);
                throw e;
            }
            keepArchive(ordered, folder);
            if (!ordered.delivery().folder().isEmpty()) {
                new PlatformFiles(getContext().get(Run.class))
                        .keep(
                                ordered,
                                folder,
                                getContext().get(Launcher.class),
                                getContext().get(TaskListener.class));
            }
            String result = BuiltCell.of(ordered, CollectedImage.parse(collected), facts(ordered, ready))
                    .toJson();
            records.built(ordered, BuiltCell.parse(result), result);
            folder.deleteRecursive();
            return result;
        }

        private void keepArchive(BuildCell ordered, FilePath folder) throws IOException, InterruptedException {
            String name = ordered.delivery().archive();
            if (!name.isEmpty()) {
                new StagedImages(getContext().get(Run.class))
                        .store(
                                name,
                                List.of(StagedPlatform.archive(ordered.plan().platform())),
                                folder,
                                getContext().get(Launcher.class),
                                getContext().get(TaskListener.class));
            }
        }

        private String agent() throws IOException, InterruptedException {
            return getContext().get(Node.class).getDisplayName();
        }

        private BuiltCell.Facts facts(BuildCell ordered, PreparedCell ready) throws IOException, InterruptedException {
            return new BuiltCell.Facts(
                    agent(),
                    ready.builderText(),
                    ready.emulated(),
                    (System.currentTimeMillis() - ready.started() + 500) / 1000,
                    log(ordered, ready));
        }

        /** Where the builder's own words are; those of a Jenkinsfile's own build may be in many places. */
        private String log(BuildCell ordered, PreparedCell ready) throws IOException, InterruptedException {
            Run<?, ?> run = getContext().get(Run.class);
            if (ordered.custom()) {
                return run.getUrl() + "console";
            }
            FlowNode node = getContext().get(FlowNode.class);
            if (!ready.builder().equals(BuilderKind.DAEMONLESS.toString())) {
                node = script(node);
            }
            return run.getUrl() + "execution/node/" + node.getId() + "/log/";
        }

        /** The builder's script is the last before this. */
        private static FlowNode script(FlowNode node) {
            FlowNode before = node;
            while (!before.getDisplayFunctionName().startsWith("sh")
                    && !before.getParents().isEmpty()) {
                before = before.getParents().get(0);
            }
            return before;
        }
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PlatformStepDescriptor {

        @Override
        public String getFunctionName() {
            return "multiArchCollect";
        }

        @Override
        public String getDisplayName() {
            return Messages.CollectStep_displayName();
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of buildMultiArch that makes one image of its platforms, when all of them are there. */
public final class PublishStep extends Step {
    private final String order;
    private final ArrayList<String> built;
    private @CheckForNull String revision;

    @DataBoundConstructor
    public PublishStep(String order, List<String> built) {
        this.order = order;
        this.built = new ArrayList<>(built);
    }

    public String getOrder() {
        return order;
    }

    public List<String> getBuilt() {
        return built;
    }

    public @CheckForNull String getRevision() {
        return revision;
    }

    /** The commit that was built, as far as it is known. */
    @DataBoundSetter
    public void setRevision(@CheckForNull String revision) {
        this.revision = revision;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends ResumableStepExecution<Serializable> {
        private static final long serialVersionUID = 1L;

        private final String order;
        private final ArrayList<String> built;
        private final @CheckForNull String revision;

        Execution(PublishStep step, StepContext context) {
            super(
                    context,
                    BuildCell.given(PublishOrder.parse(step.order).credentialsId())
                            .orElse(null));
            this.order = step.order;
            this.built = step.built;
            this.revision = step.revision;
        }

        /** The image, or one for each variant by its name. */
        @Override
        Serializable result() throws IOException, InterruptedException {
            PublishOrder ordered = PublishOrder.parse(order);
            List<BuiltCell> cells = built.stream().map(BuiltCell::parse).toList();
            HashMap<String, String> digests = carryOut(new PublishTask(order, built));
            LinkedHashMap<String, ReleasedImage> images = new LinkedHashMap<>();
            for (OrderedImage image : ordered.images()) {
                List<BuiltCell> own = image.of(cells);
                if (image.archive().isPresent()) {
                    completeArchive(image, own);
                }
                images.put(
                        image.variant(),
                        new ReleasedImage(image, own, digests.get(image.variant()), ordered.published(), revision));
            }
            ReleasedImage only = images.get("");
            return only == null ? images : only;
        }

        /** The archives are there; with this they are one image that can be unstaged. */
        private void completeArchive(OrderedImage image, List<BuiltCell> cells)
                throws IOException, InterruptedException {
            TaskListener listener = getContext().get(TaskListener.class);
            StagedImages staged = new StagedImages(getContext().get(Run.class));
            StageRecord record = StageRecord.of(
                    image.archive().orElseThrow(),
                    staged.origin(),
                    cells.stream()
                            .map(cell -> cell.found().staged(cell.platform()))
                            .toList(),
                    image.wanted(cells),
                    image.annotations());
            FilePath folder =
                    new FilePath(Files.createTempDirectory("multiarch").toFile());
            try {
                staged.complete(record, folder, Jenkins.get().createLauncher(listener), listener);
            } finally {
                folder.deleteRecursive();
            }
        }
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PartDescriptor {

        @Override
        public String getFunctionName() {
            return "multiArchPublish";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishStep_displayName();
        }
    }
}

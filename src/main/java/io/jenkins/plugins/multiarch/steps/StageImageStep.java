package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Hands an image over to later stages and other jobs, as one OCI archive a platform among the build's artifacts. */
public final class StageImageStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String image;
    private ArrayList<String> platforms = new ArrayList<>();

    /**
     * @param name what it is handed over as
     * @param image in a registry, or in a file or daemon of the node, as {@code oci-archive:image.tar}
     */
    @DataBoundConstructor
    public StageImageStep(String name, String image) {
        this.name = StepArguments.trimmed(name);
        this.image = StepArguments.trimmed(image);
    }

    public String getName() {
        return name;
    }

    public String getImage() {
        return image;
    }

    public List<String> getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = StepArguments.trimmed(platforms);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends HandOverExecution<StagedImage> {
        private static final long serialVersionUID = 1L;

        private final StageImageStep step;

        Execution(StageImageStep step, StepContext context) {
            super(context, step.getCredentialsId());
            this.step = step;
        }

        @Override
        String function() {
            return "stageImage";
        }

        @Override
        StagedImage handOver(FilePath workspace, FilePath folder) throws IOException, InterruptedException {
            StagedImages images = new StagedImages(getContext().get(Run.class));
            RegistryCall<? extends Map<String, byte[]>> call = call(task(images, folder, null));
            if (GateSubject.parse(step.image) instanceof GateSubject.InDaemon image) {
                String saved = folder.child("saved.tar").getRemote();
                tool(folder).save(image, saved);
                call = call(task(images, folder, saved));
            }
            Map<String, byte[]> documents = workspace.act(call);
            StageRecord record = StageRecord.read(documents::get, "'" + step.name + "'");
            store(images, record, folder);
            return new StagedImage(record);
        }

        private StageTask task(StagedImages images, FilePath folder, @CheckForNull String saved) {
            return new StageTask(
                    StepArguments.required(step.name, "name", "app"),
                    StepArguments.required(step.image, "image", "ghcr.io/acme/app:1.4"),
                    step.platforms,
                    folder.getRemote(),
                    saved,
                    images.origin().job(),
                    images.origin().build());
        }

        private void store(StagedImages images, StageRecord record, FilePath folder)
                throws IOException, InterruptedException {
            Launcher launcher = getContext().get(Launcher.class);
            TaskListener listener = getContext().get(TaskListener.class);
            List<String> archives =
                    record.platforms().stream().map(StagedPlatform::archive).toList();
            images.store(record.name(), archives, folder, launcher, listener);
            images.complete(record, folder, launcher, listener);
        }
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "stageImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.StageImageStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of("platforms");
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> StageRecord.checkedName(StepArguments.required(value, "name", "app")));
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> GateSubject.parse(StepArguments.required(value, "image", "ghcr.io/acme/app:1.4")));
        }

        @POST
        public FormValidation doCheckPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Platform.parseAll(StepArguments.lines(value)));
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.gate.GateMode;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Records which image was tested, or refuses to go on with one that is not the same. */
public final class DigestGateStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String image;
    private @CheckForNull String mode;
    private @CheckForNull String record;
    private @CheckForNull String verify;
    private ArrayList<String> requiredPlatforms = new ArrayList<>();

    /** @param image in a registry, or in a file or daemon of the node, as {@code oci-archive:image.tar} */
    @DataBoundConstructor
    public DigestGateStep(String image) {
        this.image = StepArguments.trimmed(image);
    }

    public String getImage() {
        return image;
    }

    public @CheckForNull String getMode() {
        return mode;
    }

    @DataBoundSetter
    public void setMode(@CheckForNull String mode) {
        this.mode = StepArguments.trimmed(mode);
    }

    public @CheckForNull String getRecord() {
        return record;
    }

    /** The file in the workspace to write the record to. */
    @DataBoundSetter
    public void setRecord(@CheckForNull String record) {
        this.record = StepArguments.trimmed(record);
    }

    public @CheckForNull String getVerify() {
        return verify;
    }

    /** The file in the workspace that an earlier gate wrote, or that record itself as JSON text. */
    @DataBoundSetter
    public void setVerify(@CheckForNull String verify) {
        this.verify = StepArguments.trimmed(verify);
    }

    public List<String> getRequiredPlatforms() {
        return requiredPlatforms;
    }

    @DataBoundSetter
    public void setRequiredPlatforms(List<String> requiredPlatforms) {
        this.requiredPlatforms = StepArguments.trimmed(requiredPlatforms);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends RegistryStepExecution<GateVerdict> {
        private static final long serialVersionUID = 1L;

        private final DigestGateStep step;

        Execution(DigestGateStep step, StepContext context) {
            super(context, step.getCredentialsId());
            this.step = step;
        }

        @Override
        RegistryTask<GateVerdict> task() {
            String image = StepArguments.required(step.image, "image", "ghcr.io/acme/app:1.4");
            return new DigestGateTask(image, step.mode, step.record, step.verify, step.requiredPlatforms);
        }
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "digestGate";
        }

        @Override
        public String getDisplayName() {
            return Messages.DigestGateStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of("requiredPlatforms");
        }

        /** Takes as {@code verify} the verdict of an earlier gate of the same build too. */
        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            Map<String, Object> given = new HashMap<>(arguments);
            if (given.get("verify") instanceof GateVerdict verdict) {
                given.put("verify", verdict.getRecord());
            }
            return super.newInstance(given);
        }

        @POST
        public ListBoxModel doFillModeItems() {
            ListBoxModel modes = new ListBoxModel();
            modes.add(Messages.DigestGateStep_modeOfTheRecord(), "");
            for (GateMode mode : GateMode.values()) {
                modes.add(mode.toString(), mode.toString());
            }
            return modes;
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> GateSubject.parse(StepArguments.required(value, "image", "ghcr.io/acme/app:1.4")));
        }

        @POST
        public FormValidation doCheckRequiredPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Platform.parseAll(StepArguments.lines(value)));
        }
    }
}

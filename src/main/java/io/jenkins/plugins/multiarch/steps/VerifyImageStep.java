package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Refuses an image that lacks evidence, for itself or for one of its platforms. */
public final class VerifyImageStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String image;
    private @CheckForNull String key;
    private @CheckForNull String policy;
    private @CheckForNull String policyFile;
    private @CheckForNull String trustedRoot;
    private boolean failBuild = true;

    @DataBoundConstructor
    public VerifyImageStep(String image) {
        this.image = StepArguments.trimmed(image);
    }

    public String getImage() {
        return image;
    }

    public @CheckForNull String getKey() {
        return key;
    }

    /** A public key in PEM; any evidence signed with it is enough. */
    @DataBoundSetter
    public void setKey(@CheckForNull String key) {
        this.key = StepArguments.trimmed(key);
    }

    public @CheckForNull String getPolicy() {
        return policy;
    }

    /** What is required and who is trusted, in YAML or JSON. */
    @DataBoundSetter
    public void setPolicy(@CheckForNull String policy) {
        this.policy = StepArguments.trimmed(policy);
    }

    public @CheckForNull String getPolicyFile() {
        return policyFile;
    }

    /** A file of the workspace with a policy. */
    @DataBoundSetter
    public void setPolicyFile(@CheckForNull String policyFile) {
        this.policyFile = StepArguments.trimmed(policyFile);
    }

    public @CheckForNull String getTrustedRoot() {
        return trustedRoot;
    }

    /**
     * A file of the workspace: the {@code trusted_root.json} of a Sigstore instance. Whoever can change it decides which
     * identities are real. Without it, that of the system configuration.
     */
    @DataBoundSetter
    public void setTrustedRoot(@CheckForNull String trustedRoot) {
        this.trustedRoot = StepArguments.trimmed(trustedRoot);
    }

    public boolean isFailBuild() {
        return failBuild;
    }

    /** Whether an image that does not satisfy ends the build; otherwise the result says so. */
    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new VerifyImageExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "verifyImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.VerifyImageStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of();
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> ImageRef.parse(StepArguments.required(value, "image", "ghcr.io/acme/app:1.4.2")));
        }

        @POST
        public FormValidation doCheckKey(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, PolicySource::checkKey);
        }

        @POST
        public FormValidation doCheckPolicy(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String key) {
            return checkedIfGiven(
                    item,
                    value,
                    policy -> new PolicySource("verifyImage", StepArguments.trimmed(key), policy, null, null)
                            .checkPolicy());
        }

        @POST
        public FormValidation doCheckPolicyFile(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String key,
                @QueryParameter String policy) {
            return checkedIfGiven(
                    item,
                    value,
                    file -> new PolicySource(
                                    "verifyImage",
                                    StepArguments.trimmed(key),
                                    StepArguments.trimmed(policy),
                                    file,
                                    null)
                            .checkPolicyFile());
        }

        @POST
        public FormValidation doCheckTrustedRoot(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, PolicySource::checkTrustedRoot);
        }
    }
}

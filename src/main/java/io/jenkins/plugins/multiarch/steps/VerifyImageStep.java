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
    private final RequiredEvidence evidence = new RequiredEvidence();
    private boolean failBuild = true;

    @DataBoundConstructor
    public VerifyImageStep(String image) {
        this.image = StepArguments.trimmed(image);
    }

    public String getImage() {
        return image;
    }

    public @CheckForNull String getKey() {
        return evidence.getKey();
    }

    @DataBoundSetter
    public void setKey(@CheckForNull String key) {
        evidence.setKey(key);
    }

    public @CheckForNull String getPolicy() {
        return evidence.getPolicy();
    }

    @DataBoundSetter
    public void setPolicy(@CheckForNull String policy) {
        evidence.setPolicy(policy);
    }

    public @CheckForNull String getPolicyFile() {
        return evidence.getPolicyFile();
    }

    @DataBoundSetter
    public void setPolicyFile(@CheckForNull String policyFile) {
        evidence.setPolicyFile(policyFile);
    }

    public @CheckForNull String getTrustedRoot() {
        return evidence.getTrustedRoot();
    }

    @DataBoundSetter
    public void setTrustedRoot(@CheckForNull String trustedRoot) {
        evidence.setTrustedRoot(trustedRoot);
    }

    public boolean isFailBuild() {
        return failBuild;
    }

    /** Whether an image that does not satisfy ends the build; otherwise the result says so. */
    @DataBoundSetter
    public void setFailBuild(boolean failBuild) {
        this.failBuild = failBuild;
    }

    PolicySource source() {
        return evidence.source("verifyImage");
    }

    @Override
    public StepExecution start(StepContext context) {
        return new VerifyImageExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {
        private static final EvidenceChecks CHECKS = new EvidenceChecks("verifyImage");

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
            return CHECKS.key(item, value);
        }

        @POST
        public FormValidation doCheckPolicy(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String key) {
            return CHECKS.policy(item, value, key);
        }

        @POST
        public FormValidation doCheckPolicyFile(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String key,
                @QueryParameter String policy) {
            return CHECKS.policyFile(item, value, key, policy);
        }

        @POST
        public FormValidation doCheckTrustedRoot(@AncestorInPath Item item, @QueryParameter String value) {
            return CHECKS.trustedRoot(item, value);
        }
    }
}

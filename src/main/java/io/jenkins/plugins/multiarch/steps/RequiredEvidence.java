package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What images have to have before they are promoted, said as {@code verifyImage} is told it. */
public final class RequiredEvidence extends AbstractDescribableImpl<RequiredEvidence> implements Serializable {
    private static final long serialVersionUID = 1L;

    private @CheckForNull String key;
    private @CheckForNull String policy;
    private @CheckForNull String policyFile;
    private @CheckForNull String trustedRoot;

    /** What the policy of the system configuration asks for, unless something is set. */
    @DataBoundConstructor
    public RequiredEvidence() {}

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

    /** @param function the step, for refusals */
    PolicySource source(String function) {
        return new PolicySource(function, key, policy, policyFile, trustedRoot);
    }

    /** The part of the form about evidence. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<RequiredEvidence> {
        private static final EvidenceChecks CHECKS = new EvidenceChecks("promoteTag");

        @Override
        public String getDisplayName() {
            return Messages.RequiredEvidence_displayName();
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

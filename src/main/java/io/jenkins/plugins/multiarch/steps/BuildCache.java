package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where the layers of earlier builds lie, and what this build may do with them. */
public final class BuildCache extends AbstractDescribableImpl<BuildCache> {
    private final String reference;
    private @CheckForNull String mode;
    private boolean read = true;
    private boolean write = true;

    /** @param reference a repository; each variant and platform has a tag of its own in it */
    @DataBoundConstructor
    public BuildCache(String reference) {
        this.reference = StepArguments.trimmed(reference);
    }

    public String getReference() {
        return reference;
    }

    public @CheckForNull String getMode() {
        return mode;
    }

    /** {@code max} keeps the layers of all stages, {@code min} those of the image alone. */
    @DataBoundSetter
    public void setMode(@CheckForNull String mode) {
        this.mode = StepArguments.trimmed(mode);
    }

    public boolean isRead() {
        return read;
    }

    @DataBoundSetter
    public void setRead(boolean read) {
        this.read = read;
    }

    public boolean isWrite() {
        return write;
    }

    @DataBoundSetter
    public void setWrite(boolean write) {
        this.write = write;
    }

    /** The part of the form about the cache. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<BuildCache> {

        @Override
        public String getDisplayName() {
            return Messages.BuildCache_displayName();
        }

        @POST
        public ListBoxModel doFillModeItems() {
            ListBoxModel modes = new ListBoxModel();
            modes.add(Messages.BuildCache_max(), "");
            modes.add(Messages.BuildCache_min(), "min");
            return modes;
        }

        @POST
        public FormValidation doCheckReference(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("..") @QueryParameter String variants) {
            return FieldRules.checked(
                    item, () -> FormTrial.withVariants(variants).read(step -> step.setCache(new BuildCache(value))));
        }
    }
}

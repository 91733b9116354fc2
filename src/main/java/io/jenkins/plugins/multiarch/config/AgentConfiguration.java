package io.jenkins.plugins.multiarch.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which agents build a platform in all jobs that do not say otherwise. */
public final class AgentConfiguration extends AbstractDescribableImpl<AgentConfiguration> {
    private final String platform;
    private final String label;

    /**
     * @param platform one, the beginning of one, or {@code default}
     * @throws ReleaseException if one of them is not what it should be
     */
    @DataBoundConstructor
    public AgentConfiguration(String platform, String label) {
        this.platform = platform == null ? "" : platform.strip();
        this.label = label == null ? "" : label.strip();
        labels();
    }

    /** What it says, alone. */
    AgentLabels labels() {
        return new AgentLabels(Map.of(platform, label));
    }

    public String getPlatform() {
        return platform;
    }

    public String getLabel() {
        return label;
    }

    /** The form of one platform. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<AgentConfiguration> {

        @Override
        public String getDisplayName() {
            return Messages.AgentConfiguration_displayName();
        }

        @POST
        public FormValidation doCheckPlatform(@QueryParameter String value) {
            return FieldRules.checked(null, () -> new AgentConfiguration(value, "any"));
        }

        @POST
        public FormValidation doCheckLabel(@QueryParameter String value) {
            return FieldRules.checked(null, () -> new AgentConfiguration("linux", value));
        }
    }
}

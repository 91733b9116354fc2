package io.jenkins.plugins.multiarch.config;

import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.regex.Pattern;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which agents build a platform in all jobs that do not say otherwise. */
public final class AgentConfiguration extends AbstractDescribableImpl<AgentConfiguration> {
    private static final Pattern PLATFORM = Pattern.compile("default|[a-z0-9_.-]+(/[a-z0-9_.-]+){0,2}");

    private final String platform;
    private final String label;

    /**
     * @param platform one, the beginning of one, or {@code default}
     * @throws ReleaseException if one of them is not what it should be
     */
    @DataBoundConstructor
    public AgentConfiguration(String platform, String label) {
        this.platform = platform(platform);
        this.label = label(label);
    }

    private static String platform(String platform) {
        String written = platform == null ? "" : platform.strip();
        if (!PLATFORM.matcher(written).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(written) + "' is no platform that agents can be named for.",
                    "Write a platform, the beginning of one, or default, as in linux/arm64.");
        }
        return written;
    }

    private static String label(String label) {
        String written = label == null ? "" : label.strip();
        if (written.isEmpty()) {
            throw new ReleaseException(
                    "No label was given for the agents of a platform.", "Write one, as in arch-arm64.");
        }
        return written;
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
            return FieldRules.checked(null, () -> platform(value));
        }

        @POST
        public FormValidation doCheckLabel(@QueryParameter String value) {
            return FieldRules.checked(null, () -> label(value));
        }
    }
}

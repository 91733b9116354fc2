package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Makes one image for several platforms of the images that their builds pushed by digest. */
public final class PublishIndexStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String image;
    private final ArrayList<String> images;
    private @CheckForNull String append;
    private ArrayList<String> tags = new ArrayList<>();
    private boolean immutableTags;
    private ArrayList<String> expectedPlatforms = new ArrayList<>();
    private ArrayList<String> annotations = new ArrayList<>();

    /**
     * @param image the repository to publish to
     * @param images those of the platforms by digest, each with its platform before it or without:
     *     {@code linux/arm64=ghcr.io/acme/app@sha256:…}
     */
    @DataBoundConstructor
    public PublishIndexStep(String image, List<String> images) {
        this.image = StepArguments.trimmed(image);
        this.images = StepArguments.trimmed(images);
    }

    public String getImage() {
        return image;
    }

    public List<String> getImages() {
        return images;
    }

    public @CheckForNull String getAppend() {
        return append;
    }

    /** The image that the others are added to. */
    @DataBoundSetter
    public void setAppend(@CheckForNull String append) {
        this.append = StepArguments.trimmed(append);
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public boolean isImmutableTags() {
        return immutableTags;
    }

    /** Whether a tag that leads to another image already is refused instead of moved. */
    @DataBoundSetter
    public void setImmutableTags(boolean immutableTags) {
        this.immutableTags = immutableTags;
    }

    public List<String> getExpectedPlatforms() {
        return expectedPlatforms;
    }

    @DataBoundSetter
    public void setExpectedPlatforms(List<String> expectedPlatforms) {
        this.expectedPlatforms = StepArguments.trimmed(expectedPlatforms);
    }

    public List<String> getAnnotations() {
        return annotations;
    }

    /** Each {@code key=value}. */
    @DataBoundSetter
    public void setAnnotations(List<String> annotations) {
        this.annotations = StepArguments.trimmed(annotations);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends RegistryStepExecution<ReleasedImage> {
        private static final long serialVersionUID = 1L;

        private final PublishIndexStep step;

        Execution(PublishIndexStep step, StepContext context) {
            super(context, step.getCredentialsId());
            this.step = step;
        }

        @Override
        void begin() throws IOException, InterruptedException {
            PullRequests.refuse(getContext(), "publishIndex");
        }

        @Override
        RegistryTask<ReleasedImage> task() {
            return new PublishIndexTask(
                    StepArguments.required(step.image, "image", "ghcr.io/acme/app"),
                    step.images,
                    step.append,
                    step.tags,
                    step.immutableTags,
                    step.expectedPlatforms,
                    step.annotations);
        }
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "publishIndex";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishIndexStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of("images", "tags", "expectedPlatforms", "annotations");
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> StepArguments.repository(StepArguments.required(value, "image", "ghcr.io/acme/app")));
        }

        @POST
        public FormValidation doCheckImages(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> ChildImage.parseAll(StepArguments.lines(value)));
        }

        @POST
        public FormValidation doCheckAppend(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, ImageRef::parse);
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
        }

        @POST
        public FormValidation doCheckAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> StepArguments.pairs(StepArguments.lines(value)));
        }

        @POST
        public FormValidation doCheckExpectedPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Platform.parseAll(StepArguments.lines(value)));
        }
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Points tags at images that have been built and tested already, without changing a byte of them. */
public final class PromoteTagStep extends ImagesStep {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> tags;
    private ArrayList<String> to = new ArrayList<>();
    private boolean plan;

    @DataBoundConstructor
    public PromoteTagStep(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public List<String> getTags() {
        return tags;
    }

    public List<String> getTo() {
        return to;
    }

    /** Repositories to set the tags in, copying what they lack; without any, each image's own. */
    @DataBoundSetter
    public void setTo(List<String> to) {
        this.to = StepArguments.trimmed(to);
    }

    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PromoteTagExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends ImagesStepDescriptor {

        @Override
        public String getFunctionName() {
            return "promoteTag";
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteTagStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of("tags", "images", "to");
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
        }

        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(StepArguments::repository));
        }
    }
}

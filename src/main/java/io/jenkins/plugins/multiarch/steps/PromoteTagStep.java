package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
        return new Execution(this, context);
    }

    private static final class Execution extends RegistryStepExecution<PromotedTags> {
        private static final long serialVersionUID = 1L;

        private final PromoteTagStep step;

        Execution(PromoteTagStep step, StepContext context) {
            super(context, step.getCredentialsId());
            this.step = step;
        }

        @Override
        void begin() throws IOException, InterruptedException {
            if (!step.plan) {
                PullRequests.refuse(getContext(), "promoteTag");
            }
        }

        @Override
        RegistryTask<PromotedTags> task() {
            return new Task(step.namedImages("promoteTag"), step.tags, step.to, step.plan);
        }
    }

    private record Task(ArrayList<String> images, ArrayList<String> tags, ArrayList<String> to, boolean plan)
            implements RegistryTask<PromotedTags> {
        private static final long serialVersionUID = 1L;

        private PromotionRequest request() {
            return new PromotionRequest(
                    images.stream().map(ImageRef::parse).toList(),
                    Tag.parseAll(tags),
                    to.stream().map(StepArguments::repository).toList());
        }

        @Override
        public List<String> registries() {
            PromotionRequest request = request();
            return Stream.concat(request.images().stream().map(ImageRef::repository), request.targets().stream())
                    .map(Repository::registry)
                    .distinct()
                    .toList();
        }

        @Override
        public PromotedTags run(Registry registry, Optional<Path> workspace, Consumer<String> log)
                throws IOException, InterruptedException {
            Promotion promotion = new Promotion(registry, log, Journal.NONE, new TagLocks());
            return new PromotedTags(plan ? promotion.plan(request()).promoted() : promotion.promote(request()));
        }
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

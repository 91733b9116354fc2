package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.staging.StageRecord;
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

/** Takes an image that was staged by this build or another job, as a file, into a registry, or into the node's docker. */
public final class UnstageImageStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String name;
    private @CheckForNull String from;
    private @CheckForNull String build;
    private @CheckForNull String archive;
    private @CheckForNull String layout;
    private @CheckForNull String image;
    private ArrayList<String> tags = new ArrayList<>();
    private @CheckForNull String load;
    private @CheckForNull String platform;

    /** @param name what it was staged as */
    @DataBoundConstructor
    public UnstageImageStep(String name) {
        this.name = StepArguments.trimmed(name);
    }

    public String getName() {
        return name;
    }

    public @CheckForNull String getFrom() {
        return from;
    }

    /** The job that staged it, where it was not this build. */
    @DataBoundSetter
    public void setFrom(@CheckForNull String from) {
        this.from = StepArguments.trimmed(from);
    }

    public @CheckForNull String getBuild() {
        return build;
    }

    /** The build of that job, a number or {@code lastSuccessful}. */
    @DataBoundSetter
    public void setBuild(@CheckForNull String build) {
        this.build = StepArguments.trimmed(build);
    }

    public @CheckForNull String getArchive() {
        return archive;
    }

    /** An OCI archive to write. */
    @DataBoundSetter
    public void setArchive(@CheckForNull String archive) {
        this.archive = StepArguments.trimmed(archive);
    }

    public @CheckForNull String getLayout() {
        return layout;
    }

    /** A folder to write as an OCI layout. */
    @DataBoundSetter
    public void setLayout(@CheckForNull String layout) {
        this.layout = StepArguments.trimmed(layout);
    }

    public @CheckForNull String getImage() {
        return image;
    }

    /** The repository to push to. */
    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        this.image = StepArguments.trimmed(image);
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public @CheckForNull String getLoad() {
        return load;
    }

    /** The name to load it under into the node's docker. */
    @DataBoundSetter
    public void setLoad(@CheckForNull String load) {
        this.load = StepArguments.trimmed(load);
    }

    public @CheckForNull String getPlatform() {
        return platform;
    }

    /** The platform to load. */
    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = StepArguments.trimmed(platform);
    }

    UnstageRequest request() {
        return new UnstageRequest(archive, layout, image, tags, load, platform);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new UnstageExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "unstageImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.UnstageImageStep_displayName();
        }

        /** What it was staged as, for graph views. */
        @Override
        public String argumentsToString(Map<String, Object> namedArguments) {
            Object name = namedArguments.get("name");
            return name == null ? null : name.toString();
        }

        /** Takes a build's number as a number too. */
        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            Map<String, Object> given = new HashMap<>(arguments);
            given.computeIfPresent("build", (name, build) -> build instanceof Number ? build.toString() : build);
            return super.newInstance(given);
        }

        @Override
        List<String> listArguments() {
            return List.of("tags");
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(
                    item, () -> StageRecord.checkedName(StepArguments.required(value, "name", "app")));
        }

        @POST
        public FormValidation doCheckBuild(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> StagedSource.refuseUnlessBuild(StepArguments.trimmed(value)));
        }

        @POST
        public FormValidation doCheckArchive(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, path -> WorkspacePath.refuseOutside(path, "archive", "build/image.tar"));
        }

        @POST
        public FormValidation doCheckLayout(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, path -> WorkspacePath.refuseOutside(path, "layout", "build/image"));
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, StepArguments::repository);
        }

        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
        }

        @POST
        public FormValidation doCheckLoad(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, UnstageRequest::refuseUnlessLocalName);
        }

        @POST
        public FormValidation doCheckPlatform(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, Platform::parse);
        }
    }
}

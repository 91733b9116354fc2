package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.plan.Phase;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import java.nio.charset.StandardCharsets;
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

/** Says what this build may do, by rules and by what Jenkins recorded of it. Nothing is built or written. */
public final class ReleasePlanStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private @CheckForNull String rules;
    private @CheckForNull String rulesFile;
    private @CheckForNull String image;
    private @CheckForNull String base;
    private @CheckForNull String phase;
    private @CheckForNull String ref;
    private @CheckForNull String defaultBranch;

    @DataBoundConstructor
    public ReleasePlanStep() {}

    public @CheckForNull String getRules() {
        return rules;
    }

    /** The rules in JSON; a Pipeline may give a map. */
    @DataBoundSetter
    public void setRules(@CheckForNull String rules) {
        this.rules = StepArguments.trimmed(rules);
    }

    public @CheckForNull String getRulesFile() {
        return rulesFile;
    }

    /** A file of the workspace with the rules. */
    @DataBoundSetter
    public void setRulesFile(@CheckForNull String rulesFile) {
        this.rulesFile = StepArguments.trimmed(rulesFile);
    }

    public @CheckForNull String getImage() {
        return image;
    }

    /** A repository whose tags tell which versions there are. */
    @DataBoundSetter
    public void setImage(@CheckForNull String image) {
        this.image = StepArguments.trimmed(image);
    }

    public @CheckForNull String getBase() {
        return base;
    }

    /** The base image, for labels. */
    @DataBoundSetter
    public void setBase(@CheckForNull String base) {
        this.base = StepArguments.trimmed(base);
    }

    public @CheckForNull String getPhase() {
        return phase;
    }

    /** {@code build} unless said, or {@code push}. */
    @DataBoundSetter
    public void setPhase(@CheckForNull String phase) {
        this.phase = StepArguments.trimmed(phase);
    }

    public @CheckForNull String getRef() {
        return ref;
    }

    /** What is built, for jobs that leave it open. */
    @DataBoundSetter
    public void setRef(@CheckForNull String ref) {
        this.ref = StepArguments.trimmed(ref);
    }

    public @CheckForNull String getDefaultBranch() {
        return defaultBranch;
    }

    /** Where releases come from, where the host of the repository does not say it. */
    @DataBoundSetter
    public void setDefaultBranch(@CheckForNull String defaultBranch) {
        this.defaultBranch = StepArguments.trimmed(defaultBranch);
    }

    /** Before a node is asked for anything. */
    void refuseWrongTexts() {
        if (rules != null) {
            parse(rules);
        }
        if (image != null) {
            StepArguments.repository(image);
        }
        if (base != null) {
            ImageRef.parse(base);
        }
        if (phase != null) {
            Phase.parse(phase);
        }
        if (ref != null) {
            Ref.parse(ref);
        }
        if (defaultBranch != null) {
            branch(defaultBranch);
        }
    }

    private static void parse(String rules) {
        ReleaseRules.parse(rules.getBytes(StandardCharsets.UTF_8));
    }

    private static void branch(String name) {
        Ref.parse("refs/heads/" + name);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ReleasePlanExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RegistryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "releasePlan";
        }

        @Override
        public String getDisplayName() {
            return Messages.ReleasePlanStep_displayName();
        }

        @Override
        List<String> listArguments() {
            return List.of();
        }

        /** Takes rules as a map too. */
        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            Map<String, Object> given = new HashMap<>(arguments);
            if (given.get("rules") instanceof Map<?, ?> map) {
                given.put("rules", ReleaseRules.json(map));
            }
            return super.newInstance(given);
        }

        @POST
        public ListBoxModel doFillPhaseItems() {
            ListBoxModel phases = new ListBoxModel();
            phases.add(Messages.ReleasePlanStep_build(), "");
            phases.add(Messages.ReleasePlanStep_push(), Phase.PUSH.toString());
            return phases;
        }

        @POST
        public FormValidation doCheckRules(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String rulesFile) {
            return checkedIfGiven(item, value, rules -> {
                ReleasePlanExecution.refuseTwoRules(true, StepArguments.trimmed(rulesFile) != null);
                parse(rules);
            });
        }

        @POST
        public FormValidation doCheckRulesFile(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(
                    item, value, file -> WorkspacePath.refuseOutside(file, "rulesFile", PlanFactsTask.USUAL_FILE));
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, StepArguments::repository);
        }

        @POST
        public FormValidation doCheckBase(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, ImageRef::parse);
        }

        @POST
        public FormValidation doCheckRef(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, Ref::parse);
        }

        @POST
        public FormValidation doCheckDefaultBranch(@AncestorInPath Item item, @QueryParameter String value) {
            return checkedIfGiven(item, value, ReleasePlanStep::branch);
        }
    }
}

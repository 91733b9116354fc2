package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link RestoreVersionsStep}, and what else Jenkins asks about it. */
public abstract class RestoreVersionsDescriptor extends VersionsStepDescriptor {

    RestoreVersionsDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "restoreVersions";
    }

    @Override
    public final String getDisplayName() {
        return Messages.RestoreVersionsStep_displayName();
    }

    @Override
    final List<String> listArguments() {
        return List.of("repositories");
    }

    /** Takes a build's number as a number too. */
    @Override
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        Map<String, Object> given = new HashMap<>(arguments);
        given.computeIfPresent("build", (name, build) -> build instanceof Number ? build.toString() : build);
        return super.newInstance(given);
    }

    @POST
    public final FormValidation doCheckBuild(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StagedSource.refuseUnlessBuild(StepArguments.trimmed(value)));
    }

    @POST
    public final FormValidation doCheckArchive(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, PruneFiles::refuseUnlessArchive);
    }
}

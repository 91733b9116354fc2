package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Mirror;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The fields of {@link TagsStep}. */
public abstract class TagsStepDescriptor extends ImagesStepDescriptor {

    TagsStepDescriptor() {}

    @POST
    public final FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
    }

    @POST
    public final FormValidation doCheckMirrors(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(Mirror::parse));
    }

    @POST
    public final FormValidation doCheckApply(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean plan) {
        return checkedIfGiven(item, value, hash -> {
            TagsStep.refusePlanAndApply(getFunctionName(), plan, hash);
            Digest.parse(hash);
        });
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link RollbackTagStep}, and what else Jenkins asks about it. */
public abstract class RollbackTagDescriptor extends RegistryStepDescriptor {

    RollbackTagDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "rollbackTag";
    }

    @Override
    public final String getDisplayName() {
        return Messages.RollbackTagStep_displayName();
    }

    @Override
    final List<String> listArguments() {
        return List.of("tags", "images", "mirrors");
    }

    @POST
    public final FormValidation doCheckImages(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(StepArguments::repository));
    }

    @POST
    public final FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
    }

    @POST
    public final FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> RollbackTarget.parse(value));
    }

    @POST
    public final FormValidation doCheckMirrors(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(Mirror::parse));
    }

    @POST
    public final FormValidation doCheckApply(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean plan) {
        return checkedIfGiven(item, value, hash -> {
            PromotionArguments.refusePlanAndApply("rollbackTag", plan, hash);
            Digest.parse(hash);
        });
    }
}

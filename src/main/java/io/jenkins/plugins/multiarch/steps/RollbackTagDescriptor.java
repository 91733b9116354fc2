package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link RollbackTagStep}, and what else Jenkins asks about it. */
public abstract class RollbackTagDescriptor extends TagsStepDescriptor {

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

    @Override
    final void refuseUnlessImage(String text) {
        StepArguments.repository(text);
    }

    @POST
    public final FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> RollbackTarget.parse(value));
    }

    @POST
    public final FormValidation doCheckReceiptsOf(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, keys -> PublicKeys.readAll(keys.getBytes(StandardCharsets.UTF_8)));
    }
}

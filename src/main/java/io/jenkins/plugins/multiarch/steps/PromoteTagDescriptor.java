package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.TagPattern;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link PromoteTagStep}, and what else Jenkins asks about it. */
public abstract class PromoteTagDescriptor extends TagsStepDescriptor {

    PromoteTagDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "promoteTag";
    }

    @Override
    public final String getDisplayName() {
        return Messages.PromoteTagStep_displayName();
    }

    @Override
    final List<String> listArguments() {
        return List.of("tags", "images", "to", "mirrors", "onlyIfHighest", "immutable");
    }

    @POST
    public final ListBoxModel doFillOrderItems() {
        ListBoxModel orders = new ListBoxModel();
        orders.add(Messages.PromoteTagStep_anyOrder(), "");
        orders.add(Messages.PromoteTagStep_byVersion(), PromotionArguments.VERSION);
        orders.add(Messages.PromoteTagStep_byBuildTime(), PromotionArguments.CREATED);
        orders.add(Messages.PromoteTagStep_byCommit(), PromotionArguments.COMMIT);
        return orders;
    }

    @POST
    public final FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(StepArguments::repository));
    }

    @POST
    public final FormValidation doCheckPayload(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String channel) {
        return checkedIfGiven(item, value, payload -> {
            Optional<ChannelTarget> target =
                    Optional.ofNullable(StepArguments.trimmed(channel)).map(ChannelTarget::parse);
            ChannelTarget.named(target, Optional.of(ImageRef.parse(payload)));
        });
    }

    @POST
    public final FormValidation doCheckOnlyIfHighest(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
    }

    @POST
    public final FormValidation doCheckImmutable(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(TagPattern::parse));
    }
}

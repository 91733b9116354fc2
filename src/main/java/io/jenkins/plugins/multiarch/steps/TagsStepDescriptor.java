package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import io.jenkins.plugins.multiarch.config.SignerFactory;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Mirror;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
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

    @POST
    public final FormValidation doCheckChannel(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, ChannelTarget::parse);
    }

    @POST
    public final ListBoxModel doFillReceiptKeyCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String receiptKeyCredentialsId) {
        return RegistryCredentials.choices(item, receiptKeyCredentialsId, SignerFactory.kinds());
    }

    @POST
    public final ListBoxModel doFillReceiptKeyPasswordCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String receiptKeyPasswordCredentialsId) {
        return RegistryCredentials.choices(item, receiptKeyPasswordCredentialsId, List.of(StringCredentials.class));
    }

    @POST
    public final FormValidation doCheckReceiptKeyPasswordCredentialsId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String receiptKeyCredentialsId) {
        ReceiptKey key = new ReceiptKey(StepArguments.trimmed(receiptKeyCredentialsId), StepArguments.trimmed(value));
        return FieldRules.checked(item, () -> key.refusePasswordAlone(getFunctionName()));
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import io.jenkins.plugins.multiarch.config.SignerFactory;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link AttestStep}, and what else Jenkins asks about it. */
public abstract class AttestDescriptor extends ImagesStepDescriptor {

    AttestDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "attest";
    }

    @Override
    public final String getDisplayName() {
        return Messages.AttestStep_displayName();
    }

    @Override
    final List<String> listArguments() {
        return List.of("images", "sboms", "scans", "predicates", "files");
    }

    @POST
    public final ListBoxModel doFillKeyCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String keyCredentialsId) {
        return RegistryCredentials.choices(item, keyCredentialsId, SignerFactory.kinds());
    }

    @POST
    public final ListBoxModel doFillKeyPasswordCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String keyPasswordCredentialsId) {
        return RegistryCredentials.choices(item, keyPasswordCredentialsId, List.of(StringCredentials.class));
    }

    @POST
    public final ListBoxModel doFillTokenCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String tokenCredentialsId) {
        return RegistryCredentials.choices(
                item, tokenCredentialsId, List.of(StringCredentials.class, FileCredentials.class));
    }

    @POST
    public final FormValidation doCheckKeyCredentialsId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String tokenCredentialsId) {
        return FieldRules.checked(
                item,
                () -> Signers.refuseUnlessOne(StepArguments.trimmed(value), StepArguments.trimmed(tokenCredentialsId)));
    }

    @POST
    public final FormValidation doCheckKeyPasswordCredentialsId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String tokenCredentialsId) {
        return FieldRules.checked(
                item,
                () -> Signers.refusePasswordOfToken(
                        StepArguments.trimmed(value), StepArguments.trimmed(tokenCredentialsId)));
    }

    @POST
    public final FormValidation doCheckTokenCredentialsId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String keyCredentialsId) {
        return checkedIfGiven(
                item, value, token -> Signers.refuseUnlessOne(StepArguments.trimmed(keyCredentialsId), token));
    }

    @POST
    public final FormValidation doCheckFiles(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(
                item,
                () -> StepArguments.lines(value)
                        .forEach(file -> WorkspacePath.refuseOutside(file, "files", "build/app.tar")));
    }

    @POST
    public final ListBoxModel doFillFormatItems() {
        ListBoxModel choices = new ListBoxModel();
        choices.add("", "");
        for (StorageForm form : StorageForm.values()) {
            choices.add(form.toString());
        }
        return choices;
    }

    @POST
    public final FormValidation doCheckSboms(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(
                item,
                () -> StepArguments.lines(value)
                        .forEach(line -> AttestOrder.Document.parse(line).refuseOutside()));
    }

    @POST
    public final FormValidation doCheckScans(@AncestorInPath Item item, @QueryParameter String value) {
        return doCheckSboms(item, value);
    }

    @POST
    public final FormValidation doCheckPredicates(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(
                item, () -> AttestOrder.typed(StepArguments.lines(value)).forEach(AttestOrder.Document::refuseOutside));
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.Inventory;
import io.jenkins.plugins.multiarch.retention.NamePattern;
import io.jenkins.plugins.multiarch.retention.RulesReader;
import io.jenkins.plugins.multiarch.retention.TagRule;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link PruneVersionsStep}, and what else Jenkins asks about it. */
public abstract class PruneVersionsDescriptor extends RegistryStepDescriptor {

    PruneVersionsDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "pruneVersions";
    }

    @Override
    public final String getDisplayName() {
        return Messages.PruneVersionsStep_displayName();
    }

    /** The first repository, for graph views. */
    @Override
    public final String argumentsToString(Map<String, Object> namedArguments) {
        return namedArguments.get("repositories") instanceof List<?> list && !list.isEmpty()
                ? String.valueOf(list.get(0))
                : null;
    }

    @Override
    final List<String> listArguments() {
        return List.of("repositories", "keep", "keepYounger", "protect", "channels");
    }

    /** Takes rules as a map too. */
    @Override
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        PruneArguments.refuseEmpty(arguments);
        Map<String, Object> given = new HashMap<>(arguments);
        if (given.get("rules") instanceof Map<?, ?> map) {
            given.put("rules", JsonArgument.of(map));
        }
        return super.newInstance(given);
    }

    private static FormValidation checkedLines(Item item, String value, Consumer<String> rule) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(rule));
    }

    @POST
    public final FormValidation doCheckRepositories(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, StepArguments::repository);
    }

    @POST
    public final FormValidation doCheckKeep(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, TagRule::parseKeep);
    }

    @POST
    public final FormValidation doCheckKeepYounger(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, TagRule::parseYounger);
    }

    @POST
    public final FormValidation doCheckProtect(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, NamePattern::parse);
    }

    @POST
    public final FormValidation doCheckChannels(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, ChannelTarget::parse);
    }

    @POST
    public final FormValidation doCheckRules(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, PruneArguments::read);
    }

    @POST
    public final FormValidation doCheckUntaggedAfter(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, RulesReader::untaggedAfter);
    }

    @POST
    public final FormValidation doCheckMaxDeletes(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(
                item,
                value,
                text -> PruneArguments.refuseUnlessCount(StepArguments.number(text, "maxDeletes", Integer::valueOf)));
    }

    @POST
    public final FormValidation doCheckRequestsPerMinute(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(
                item,
                value,
                text -> RequestBudget.perMinute(StepArguments.number(text, "requestsPerMinute", Integer::valueOf)));
    }

    @POST
    public final ListBoxModel doFillProviderItems() {
        ListBoxModel providers = new ListBoxModel();
        providers.add(Messages.PruneVersionsStep_found(), "");
        for (ProviderKind kind : ProviderKind.values()) {
            providers.add(kind.toString());
        }
        return providers;
    }

    @POST
    public final ListBoxModel doFillApiCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String apiCredentialsId) {
        return RegistryCredentials.choices(item, apiCredentialsId);
    }

    @POST
    public final FormValidation doCheckInventory(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, Inventory::parse);
    }

    @POST
    public final FormValidation doCheckApply(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, PruneArguments::agreed);
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.Inventory;
import io.jenkins.plugins.multiarch.retention.NamePattern;
import io.jenkins.plugins.multiarch.retention.RulesReader;
import io.jenkins.plugins.multiarch.retention.TagRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link PruneVersionsStep}, and what else Jenkins asks about it. */
public abstract class PruneVersionsDescriptor extends VersionsStepDescriptor {

    PruneVersionsDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "pruneVersions";
    }

    @Override
    public final String getDisplayName() {
        return Messages.PruneVersionsStep_displayName();
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
    public final FormValidation doCheckInventory(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, Inventory::parse);
    }

    @POST
    public final FormValidation doCheckApply(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, PruneArguments::agreed);
    }
}

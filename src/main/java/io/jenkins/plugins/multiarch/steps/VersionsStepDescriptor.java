package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of {@link VersionsStep}s have in common. */
public abstract class VersionsStepDescriptor extends RegistryStepDescriptor {

    VersionsStepDescriptor() {}

    /** The first repository, for graph views. */
    @Override
    public final String argumentsToString(Map<String, Object> namedArguments) {
        return namedArguments.get("repositories") instanceof List<?> list && !list.isEmpty()
                ? String.valueOf(list.get(0))
                : null;
    }

    static FormValidation checkedLines(Item item, String value, Consumer<String> rule) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(rule));
    }

    @POST
    public final FormValidation doCheckRepositories(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, value, StepArguments::repository);
    }

    @POST
    public final ListBoxModel doFillProviderItems() {
        ListBoxModel providers = new ListBoxModel();
        providers.add(Messages.VersionsStep_found(), "");
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
}

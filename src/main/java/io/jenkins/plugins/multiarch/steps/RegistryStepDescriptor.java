package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What the steps that talk to registries have in common: their context, their credentials, and lists in their forms. */
public abstract class RegistryStepDescriptor extends StepDescriptor {

    RegistryStepDescriptor() {}

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** The image, for graph views. */
    @Override
    public String argumentsToString(Map<String, Object> namedArguments) {
        Object image = namedArguments.get("image");
        Object images = namedArguments.get("images");
        if (image == null && images instanceof List<?> list && !list.isEmpty()) {
            image = list.get(0);
        }
        return image == null ? null : image.toString();
    }

    /** Arguments that are lists, and so text areas with one entry a line in the form. */
    abstract List<String> listArguments();

    /** For the form: a list as the text of its text area. */
    public String asLines(@CheckForNull List<String> entries) {
        return FormFields.asLines(entries);
    }

    /** Takes a list of {@code key=value} as a map too, as the results of {@code parallel} are one. */
    @Override
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        Map<String, Object> given = new HashMap<>(arguments);
        for (String name : listArguments()) {
            given.computeIfPresent(
                    name, (key, value) -> value instanceof Map<?, ?> map ? StepArguments.entries(map) : value);
        }
        return super.newInstance(given);
    }

    @Override
    public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        FormFields.takeLists(form, listArguments());
        return super.newInstance(request, form);
    }

    static FormValidation checkedIfGiven(Item item, String value, Consumer<String> rule) {
        String given = StepArguments.trimmed(value);
        return given == null ? FormValidation.ok() : FieldRules.checked(item, () -> rule.accept(given));
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return RegistryCredentials.choices(item, credentialsId);
    }
}

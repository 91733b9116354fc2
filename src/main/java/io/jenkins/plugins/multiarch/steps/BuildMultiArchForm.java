package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.config.RegistryCredentials;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link BuildMultiArchStep}: how it becomes arguments, and what can be chosen in it. */
public abstract class BuildMultiArchForm extends BuildMultiArchDescriptor {
    private static final List<String> LISTS = List.of(
            "platforms",
            "agents",
            "buildArgs",
            "secrets",
            "contexts",
            "baseImages",
            "prebuilt",
            "labels",
            "annotations",
            "tags",
            "optionalPlatforms",
            "expectedPlatforms",
            "outputs",
            "variants");
    /** Arguments that are no text, and keep their default where their field is empty. */
    private static final List<String> OPTIONAL =
            List.of("publish", "sourceDateEpoch", "waitMinutes", "retries", "atOnce");

    BuildMultiArchForm() {}

    /** For the form: a list as the text of its text area. */
    public final String asLines(@CheckForNull List<String> entries) {
        return FormFields.asLines(entries);
    }

    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        FormFields.takeLists(form, LISTS);
        OPTIONAL.stream().filter(argument -> form.optString(argument).isBlank()).forEach(form::remove);
        return super.newInstance(request, form);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
        return RegistryCredentials.choices(item, credentialsId);
    }

    @POST
    public ListBoxModel doFillBuilderItems() {
        ListBoxModel builders = new ListBoxModel();
        builders.add(Messages.BuildMultiArchStep_bestBuilder(), "");
        for (BuilderKind kind : BuilderKind.values()) {
            builders.add(kind.toString(), kind.toString());
        }
        return builders;
    }

    @POST
    public ListBoxModel doFillOnUnavailableItems() {
        ListBoxModel ways = new ListBoxModel();
        ways.add(Messages.BuildMultiArchStep_waitIfKnown(), "");
        ways.add(Messages.BuildMultiArchStep_wait(), Unavailable.WAIT.toString());
        ways.add(Messages.BuildMultiArchStep_emulate(), Unavailable.EMULATE.toString());
        ways.add(Messages.BuildMultiArchStep_skip(), Unavailable.SKIP.toString());
        ways.add(Messages.BuildMultiArchStep_fail(), Unavailable.FAIL.toString());
        return ways;
    }

    @POST
    public ListBoxModel doFillPublishItems() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.BuildMultiArchStep_publishUnlessChange(), "");
        choices.add(Messages.BuildMultiArchStep_publish(), "true");
        choices.add(Messages.BuildMultiArchStep_publishNothing(), "false");
        return choices;
    }
}

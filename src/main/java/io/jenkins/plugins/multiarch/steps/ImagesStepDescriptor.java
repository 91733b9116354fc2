package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The fields of {@link ImagesStep}. */
public abstract class ImagesStepDescriptor extends RegistryStepDescriptor {

    ImagesStepDescriptor() {}

    @POST
    public final FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
        return doCheckImages(item, value);
    }

    @POST
    public final FormValidation doCheckImages(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.lines(value).forEach(this::refuseUnlessImage));
    }

    /** @throws ReleaseException if the step does not take this as an image */
    void refuseUnlessImage(String text) {
        ImageRef.parse(text);
    }
}

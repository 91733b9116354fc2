package io.jenkins.plugins.multiarch.steps;

import groovy.lang.Closure;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.steps.LoadStep;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * What Jenkins asks about {@link BuildMultiArchStep}.
 *
 * <p>A step that extends {@link LoadStep.DescriptorImpl} is a block in the flow graph although it has no body of its own, as
 * the Pipeline engine asks for that class by name (workflow-cps, {@code DSL.invokeStep}); graph views then show the branches
 * of the packaged script as they show those of a Jenkinsfile.
 */
public abstract class BuildMultiArchDescriptor extends LoadStep.DescriptorImpl {

    BuildMultiArchDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "buildMultiArch";
    }

    @Override
    public final String getDisplayName() {
        return Messages.BuildMultiArchStep_displayName();
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class);
    }

    /** The image, for graph views. */
    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        Object image = arguments.get("image");
        return image == null ? null : image.toString();
    }

    /** Takes maps where the form has lines, variants as maps, and a closure that builds. */
    @Override
    public final Step newInstance(Map<String, Object> arguments) {
        Map<String, Object> given = new HashMap<>(arguments);
        Closure<?> build = (Closure<?>) given.remove("build");
        given.replaceAll(StepArguments::asLines);
        BuildMultiArchStep step = DescribableModel.of(BuildMultiArchStep.class).instantiate(given);
        step.buildWith(build);
        return step;
    }
}

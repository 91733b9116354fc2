package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads some fields of the form as a build would read them, all others being right, so that form and build have the same
 * rules.
 */
final class FormTrial {
    private static final Consumer<BuildMultiArchStep> NOTHING = step -> {};

    private final AgentLabels agents;
    private final List<Consumer<BuildMultiArchStep>> fields = new ArrayList<>();
    private String image = "example.com/image";

    FormTrial(AgentLabels agents) {
        this.agents = agents;
    }

    static FormTrial withVariants(@CheckForNull String variants) {
        return new FormTrial(MultiArchConfiguration.get().agentLabels())
                .with(step -> step.setVariants(StepArguments.lines(variants)));
    }

    /** With a field that another is read together with; not if it is wrong, which is said where it stands. */
    FormTrial with(Consumer<BuildMultiArchStep> field) {
        if (isRight(image, field)) {
            fields.add(field);
        }
        return this;
    }

    FormTrial withImage(@CheckForNull String other) {
        if (isRight(other, NOTHING)) {
            image = other;
        }
        return this;
    }

    private boolean isRight(@CheckForNull String other, Consumer<BuildMultiArchStep> field) {
        try {
            order(other, field);
            return true;
        } catch (ReleaseException e) {
            return false;
        }
    }

    /** @throws ReleaseException if this image is wrong */
    void read(@CheckForNull String asked) {
        order(asked, NOTHING);
    }

    /** @throws ReleaseException if this field is wrong */
    BuildOrder read(Consumer<BuildMultiArchStep> field) {
        return order(image, field);
    }

    private BuildOrder order(@CheckForNull String asked, Consumer<BuildMultiArchStep> field) {
        BuildMultiArchStep step = new BuildMultiArchStep(asked);
        fields.forEach(other -> other.accept(step));
        field.accept(step);
        return BuildOrder.of(step, new BuildOrder.Surroundings("trial", agents, false, true, FormTrial::secrets));
    }

    private static Map<String, Secret> secrets(Map<String, String> credentials) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        credentials.keySet().forEach(id -> secrets.put(id, new Secret("SECRET", false)));
        return secrets;
    }
}

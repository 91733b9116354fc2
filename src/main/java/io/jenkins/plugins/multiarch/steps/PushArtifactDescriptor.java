package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.artifact.ArtifactFile;
import io.jenkins.plugins.multiarch.config.FieldRules;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of {@link PushArtifactStep}, and what else Jenkins asks about it. */
public abstract class PushArtifactDescriptor extends RegistryStepDescriptor {

    PushArtifactDescriptor() {}

    @Override
    public final String getFunctionName() {
        return "pushArtifact";
    }

    @Override
    public final String getDisplayName() {
        return Messages.PushArtifactStep_displayName();
    }

    @Override
    public final String argumentsToString(Map<String, Object> namedArguments) {
        Object repository = namedArguments.get("repository");
        return repository == null ? null : repository.toString();
    }

    @Override
    final List<String> listArguments() {
        return List.of("files", "annotations", "tags");
    }

    /** Takes a map of files to their types too. */
    @Override
    public final Step newInstance(Map<String, Object> arguments) throws Exception {
        Map<String, Object> given = new HashMap<>(arguments);
        if (given.get("files") instanceof Map<?, ?> map) {
            List<String> files = new ArrayList<>();
            map.forEach((file, type) -> files.add(file + ":" + type));
            given.put("files", files);
        }
        return super.newInstance(given);
    }

    @POST
    public final FormValidation doCheckRepository(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(
                item,
                () -> StepArguments.repository(StepArguments.required(value, "repository", "ghcr.io/acme/payload")));
    }

    @POST
    public final FormValidation doCheckArtifactType(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, ArtifactFile::requireMediaType);
    }

    @POST
    public final FormValidation doCheckFiles(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(
                item,
                () -> StepArguments.lines(value)
                        .forEach(line -> WorkspacePath.refuseOutside(
                                ArtifactFile.parse(line).path().toString(),
                                "files",
                                "build/app.tar.gz:application/gzip")));
    }

    @POST
    public final FormValidation doCheckAnnotations(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> StepArguments.pairs(StepArguments.lines(value)));
    }

    @POST
    public final FormValidation doCheckSubject(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedIfGiven(item, value, ImageRef::parse);
    }

    @POST
    public final FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
        return FieldRules.checked(item, () -> Tag.parseAll(StepArguments.lines(value)));
    }

    @POST
    public final FormValidation doCheckChart(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String artifactType,
            @QueryParameter String files) {
        return checkedIfGiven(item, value, chart -> {
            WorkspacePath.refuseOutside(chart, "chart", "build/app-1.4.2.tgz");
            PushArtifactStep step = new PushArtifactStep("example.com/charts/app");
            step.setChart(chart);
            step.setArtifactType(artifactType);
            step.setFiles(StepArguments.lines(files));
            step.task().refuseUnclear();
        });
    }

    @POST
    public final FormValidation doCheckVersion(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String chart) {
        return checkedIfGiven(item, value, version -> {
            PushArtifactStep step = new PushArtifactStep("example.com/charts/app");
            step.setChart(chart);
            step.setVersion(version);
            step.task().refuseUnclear();
        });
    }
}

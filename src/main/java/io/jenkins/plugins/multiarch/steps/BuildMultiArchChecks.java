package io.jenkins.plugins.multiarch.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.config.FieldRules;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the form of {@link BuildMultiArchStep} says about what was written into it: what the build would say, as the same code
 * reads it.
 */
public abstract class BuildMultiArchChecks extends BuildMultiArchForm {
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(token|passw|passphrase|secret|credential|api_?key).*|(.*[_.-])?key");

    BuildMultiArchChecks() {}

    /** A field that nothing but the variants plays into. */
    private static FormValidation checked(Item item, String variants, Consumer<BuildMultiArchStep> field) {
        return FieldRules.checked(item, () -> FormTrial.withVariants(variants).read(field));
    }

    private static FormValidation checkedLines(
            Item item, String variants, String value, BiConsumer<BuildMultiArchStep, List<String>> field) {
        return checked(item, variants, step -> field.accept(step, StepArguments.lines(value)));
    }

    private static <T extends Number> FormValidation checkedNumber(
            Item item,
            String value,
            String argument,
            Function<String, T> parse,
            BiConsumer<BuildMultiArchStep, T> field) {
        return value.isBlank()
                ? FormValidation.ok()
                : checked(item, "", step -> field.accept(step, StepArguments.number(value, argument, parse)));
    }

    @POST
    public FormValidation doCheckImage(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return FieldRules.checked(item, () -> FormTrial.withVariants(variants).read(value));
    }

    @POST
    public FormValidation doCheckPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, "", value, BuildMultiArchStep::setPlatforms);
    }

    /** Whether Jenkins has agents with these labels may change until the job is built. */
    @POST
    public FormValidation doCheckAgents(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String platforms,
            @QueryParameter String onUnavailable) {
        FormTrial trial = FormTrial.withVariants("")
                .with(step -> step.setPlatforms(StepArguments.lines(platforms)))
                .with(step -> step.setOnUnavailable(onUnavailable));
        return FieldRules.checked(
                item,
                () -> trial.read(step -> step.setAgents(StepArguments.lines(value))),
                () -> trial.read(step -> step.setAgents(StepArguments.lines(value))).cells().stream()
                        .filter(cell -> !cell.placement().label().isEmpty())
                        .forEach(cell -> new AgentChecks(null)
                                .refuseUnlessBuildable(
                                        cell.placement(), cell.plan().platform())));
    }

    @POST
    public FormValidation doCheckTags(
            @AncestorInPath Item item,
            @QueryParameter String value,
            @QueryParameter String image,
            @QueryParameter String variants) {
        return FieldRules.checked(
                item,
                () -> FormTrial.withVariants(variants)
                        .withImage(image)
                        .read(step -> step.setTags(StepArguments.lines(value))));
    }

    @POST
    public FormValidation doCheckSource(@AncestorInPath Item item, @QueryParameter String value) {
        return value.isBlank() ? FormValidation.ok() : FieldRules.checked(item, () -> Source.parse(value.strip()));
    }

    @POST
    public FormValidation doCheckContext(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checked(item, variants, step -> step.setContext(value));
    }

    @POST
    public FormValidation doCheckDockerfile(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checked(item, variants, step -> step.setDockerfile(value));
    }

    @POST
    public FormValidation doCheckTarget(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checked(item, variants, step -> step.setTarget(value));
    }

    @POST
    public FormValidation doCheckBuildArgs(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        FormValidation checked = checkedLines(item, variants, value, BuildMultiArchStep::setBuildArgs);
        return checked.kind == FormValidation.Kind.OK
                ? StepArguments.lines(value).stream()
                        .map(entry -> entry.replaceFirst("\\s*=.*", ""))
                        .filter(name -> SECRET.matcher(name).matches())
                        .findFirst()
                        .map(name -> FormValidation.warning(Messages.BuildMultiArchStep_secretBuildArg(name)))
                        .orElse(checked)
                : checked;
    }

    @POST
    public FormValidation doCheckSecrets(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setSecrets);
    }

    @POST
    public FormValidation doCheckContexts(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setContexts);
    }

    @POST
    public FormValidation doCheckBaseImages(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setBaseImages);
    }

    @POST
    public FormValidation doCheckPrebuilt(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setPrebuilt);
    }

    @POST
    public FormValidation doCheckLabels(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setLabels);
    }

    @POST
    public FormValidation doCheckAnnotations(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setAnnotations);
    }

    @POST
    public FormValidation doCheckSourceDateEpoch(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedNumber(item, value, "sourceDateEpoch", Long::valueOf, BuildMultiArchStep::setSourceDateEpoch);
    }

    @POST
    public FormValidation doCheckNetwork(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checked(item, variants, step -> step.setNetwork(value));
    }

    /** Emulation needs agents that it is done on. */
    @POST
    public FormValidation doCheckOnUnavailable(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String agents) {
        return FieldRules.checked(
                item,
                () -> FormTrial.withVariants("")
                        .with(step -> step.setAgents(StepArguments.lines(agents)))
                        .read(step -> step.setOnUnavailable(value)));
    }

    @POST
    public FormValidation doCheckWaitMinutes(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedNumber(item, value, "waitMinutes", Integer::valueOf, BuildMultiArchStep::setWaitMinutes);
    }

    @POST
    public FormValidation doCheckOptionalPlatforms(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String platforms) {
        return FieldRules.checked(
                item,
                () -> FormTrial.withVariants("")
                        .with(step -> step.setPlatforms(StepArguments.lines(platforms)))
                        .read(step -> step.setOptionalPlatforms(StepArguments.lines(value))));
    }

    @POST
    public FormValidation doCheckRetries(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedNumber(item, value, "retries", Integer::valueOf, BuildMultiArchStep::setRetries);
    }

    @POST
    public FormValidation doCheckAtOnce(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedNumber(item, value, "atOnce", Integer::valueOf, BuildMultiArchStep::setAtOnce);
    }

    @POST
    public FormValidation doCheckVariants(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, "", value, BuildMultiArchStep::setVariants);
    }

    @POST
    public FormValidation doCheckOutputs(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String variants) {
        return checkedLines(item, variants, value, BuildMultiArchStep::setOutputs);
    }

    @POST
    public FormValidation doCheckExpectedPlatforms(@AncestorInPath Item item, @QueryParameter String value) {
        return checkedLines(item, "", value, BuildMultiArchStep::setExpectedPlatforms);
    }
}

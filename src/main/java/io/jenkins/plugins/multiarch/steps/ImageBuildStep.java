package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** How the image of each platform is built, and of what. */
public abstract class ImageBuildStep extends Step {
    private ArrayList<String> buildArgs = new ArrayList<>();
    private ArrayList<String> secrets = new ArrayList<>();
    private ArrayList<String> contexts = new ArrayList<>();
    private ArrayList<String> baseImages = new ArrayList<>();
    private ArrayList<String> prebuilt = new ArrayList<>();
    private ArrayList<String> labels = new ArrayList<>();
    private ArrayList<String> annotations = new ArrayList<>();
    private @CheckForNull String source;
    private @CheckForNull String context;
    private @CheckForNull String dockerfile;
    private @CheckForNull String target;
    private @CheckForNull String network;
    private @CheckForNull String builder;
    private @CheckForNull BuildCache cache;
    private boolean fresh;
    private @CheckForNull Long sourceDateEpoch;

    ImageBuildStep() {}

    public final List<String> getBuildArgs() {
        return buildArgs;
    }

    /** Each {@code NAME=value}. */
    @DataBoundSetter
    public final void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = StepArguments.trimmed(buildArgs);
    }

    public final List<String> getSecrets() {
        return secrets;
    }

    /** Each {@code id=credentials}. */
    @DataBoundSetter
    public final void setSecrets(List<String> secrets) {
        this.secrets = StepArguments.trimmed(secrets);
    }

    public final List<String> getContexts() {
        return contexts;
    }

    /** Each {@code name=folder}, or another kind of context that BuildKit knows. */
    @DataBoundSetter
    public final void setContexts(List<String> contexts) {
        this.contexts = StepArguments.trimmed(contexts);
    }

    public final List<String> getBaseImages() {
        return baseImages;
    }

    /** Each {@code name=reference}, with a digest. */
    @DataBoundSetter
    public final void setBaseImages(List<String> baseImages) {
        this.baseImages = StepArguments.trimmed(baseImages);
    }

    public final List<String> getPrebuilt() {
        return prebuilt;
    }

    /** Each {@code platform=folder}, or a target triple before the folder. */
    @DataBoundSetter
    public final void setPrebuilt(List<String> prebuilt) {
        this.prebuilt = StepArguments.trimmed(prebuilt);
    }

    public final List<String> getLabels() {
        return labels;
    }

    /** Each {@code key=value}. */
    @DataBoundSetter
    public final void setLabels(List<String> labels) {
        this.labels = StepArguments.trimmed(labels);
    }

    public final List<String> getAnnotations() {
        return annotations;
    }

    /** Each {@code key=value}. */
    @DataBoundSetter
    public final void setAnnotations(List<String> annotations) {
        this.annotations = StepArguments.trimmed(annotations);
    }

    public final @CheckForNull String getSource() {
        return source;
    }

    @DataBoundSetter
    public final void setSource(@CheckForNull String source) {
        this.source = StepArguments.trimmed(source);
    }

    public final @CheckForNull String getContext() {
        return context;
    }

    @DataBoundSetter
    public final void setContext(@CheckForNull String context) {
        this.context = StepArguments.trimmed(context);
    }

    public final @CheckForNull String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public final void setDockerfile(@CheckForNull String dockerfile) {
        this.dockerfile = StepArguments.trimmed(dockerfile);
    }

    public final @CheckForNull String getTarget() {
        return target;
    }

    @DataBoundSetter
    public final void setTarget(@CheckForNull String target) {
        this.target = StepArguments.trimmed(target);
    }

    public final @CheckForNull String getNetwork() {
        return network;
    }

    @DataBoundSetter
    public final void setNetwork(@CheckForNull String network) {
        this.network = StepArguments.trimmed(network);
    }

    public final @CheckForNull String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public final void setBuilder(@CheckForNull String builder) {
        this.builder = StepArguments.trimmed(builder);
    }

    public final @CheckForNull BuildCache getCache() {
        return cache;
    }

    @DataBoundSetter
    public final void setCache(@CheckForNull BuildCache cache) {
        this.cache = cache;
    }

    public final boolean isFresh() {
        return fresh;
    }

    @DataBoundSetter
    public final void setFresh(boolean fresh) {
        this.fresh = fresh;
    }

    public final @CheckForNull Long getSourceDateEpoch() {
        return sourceDateEpoch;
    }

    /** Seconds since 1970. */
    @DataBoundSetter
    public final void setSourceDateEpoch(@CheckForNull Long sourceDateEpoch) {
        this.sourceDateEpoch = sourceDateEpoch;
    }
}

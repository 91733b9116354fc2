package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Builds one image for several platforms, each on an agent of its own, and publishes them as one. This is what was written
 * in the Jenkinsfile or the form; {@link BuildOrder} is what it means.
 */
public final class BuildMultiArchStep extends Step {
    static final int WAIT_MINUTES = 60;
    static final int RETRIES = 2;

    private final String image;
    private ArrayList<String> platforms = new ArrayList<>();
    private ArrayList<String> agents = new ArrayList<>();
    private ArrayList<String> buildArgs = new ArrayList<>();
    private ArrayList<String> secrets = new ArrayList<>();
    private ArrayList<String> contexts = new ArrayList<>();
    private ArrayList<String> baseImages = new ArrayList<>();
    private ArrayList<String> prebuilt = new ArrayList<>();
    private ArrayList<String> labels = new ArrayList<>();
    private ArrayList<String> annotations = new ArrayList<>();
    private ArrayList<String> tags = new ArrayList<>();
    private ArrayList<String> optionalPlatforms = new ArrayList<>();
    private ArrayList<String> expectedPlatforms = new ArrayList<>();
    private ArrayList<String> outputs = new ArrayList<>();
    private ArrayList<String> variants = new ArrayList<>();
    private @CheckForNull String source;
    private @CheckForNull String context;
    private @CheckForNull String dockerfile;
    private @CheckForNull String target;
    private @CheckForNull String network;
    private @CheckForNull String builder;
    private @CheckForNull String onUnavailable;
    private @CheckForNull String credentialsId;
    private @CheckForNull BuildCache cache;
    private boolean fresh;
    private boolean emulate;
    private boolean failFast;
    private int waitMinutes = WAIT_MINUTES;
    private int retries = RETRIES;
    private int atOnce;
    private @CheckForNull Boolean publish;
    private @CheckForNull Long sourceDateEpoch;
    private @CheckForNull Closure<?> build;

    /** @param image the repository to publish to; with variants it may name their values, as in {@code acme/app-{runtime}} */
    @DataBoundConstructor
    public BuildMultiArchStep(String image) {
        this.image = StepArguments.trimmed(image);
    }

    public String getImage() {
        return image;
    }

    public List<String> getPlatforms() {
        return platforms;
    }

    /** What to build for; linux/amd64 and linux/arm64 where nothing is said. */
    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = StepArguments.trimmed(platforms);
    }

    public List<String> getAgents() {
        return agents;
    }

    /** Each {@code platform=label}. */
    @DataBoundSetter
    public void setAgents(List<String> agents) {
        this.agents = StepArguments.trimmed(agents);
    }

    public List<String> getBuildArgs() {
        return buildArgs;
    }

    /** Each {@code NAME=value}. */
    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = StepArguments.trimmed(buildArgs);
    }

    public List<String> getSecrets() {
        return secrets;
    }

    /** Each {@code id=credentials}. */
    @DataBoundSetter
    public void setSecrets(List<String> secrets) {
        this.secrets = StepArguments.trimmed(secrets);
    }

    public List<String> getContexts() {
        return contexts;
    }

    /** Each {@code name=folder}, or another kind of context that BuildKit knows. */
    @DataBoundSetter
    public void setContexts(List<String> contexts) {
        this.contexts = StepArguments.trimmed(contexts);
    }

    public List<String> getBaseImages() {
        return baseImages;
    }

    /** Each {@code name=reference}, with a digest. */
    @DataBoundSetter
    public void setBaseImages(List<String> baseImages) {
        this.baseImages = StepArguments.trimmed(baseImages);
    }

    public List<String> getPrebuilt() {
        return prebuilt;
    }

    /** Each {@code platform=folder}, or a target triple before the folder. */
    @DataBoundSetter
    public void setPrebuilt(List<String> prebuilt) {
        this.prebuilt = StepArguments.trimmed(prebuilt);
    }

    public List<String> getLabels() {
        return labels;
    }

    /** Each {@code key=value}. */
    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = StepArguments.trimmed(labels);
    }

    public List<String> getAnnotations() {
        return annotations;
    }

    /** Each {@code key=value}. */
    @DataBoundSetter
    public void setAnnotations(List<String> annotations) {
        this.annotations = StepArguments.trimmed(annotations);
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public List<String> getOptionalPlatforms() {
        return optionalPlatforms;
    }

    @DataBoundSetter
    public void setOptionalPlatforms(List<String> optionalPlatforms) {
        this.optionalPlatforms = StepArguments.trimmed(optionalPlatforms);
    }

    public List<String> getExpectedPlatforms() {
        return expectedPlatforms;
    }

    @DataBoundSetter
    public void setExpectedPlatforms(List<String> expectedPlatforms) {
        this.expectedPlatforms = StepArguments.trimmed(expectedPlatforms);
    }

    public List<String> getOutputs() {
        return outputs;
    }

    /** Each {@code registry}, {@code oci-archive:NAME} or {@code local:FOLDER}. */
    @DataBoundSetter
    public void setOutputs(List<String> outputs) {
        this.outputs = StepArguments.trimmed(outputs);
    }

    public List<String> getVariants() {
        return variants;
    }

    /** Each {@code name=value name=value}. */
    @DataBoundSetter
    public void setVariants(List<String> variants) {
        this.variants = StepArguments.trimmed(variants);
    }

    public @CheckForNull String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(@CheckForNull String source) {
        this.source = StepArguments.trimmed(source);
    }

    public @CheckForNull String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(@CheckForNull String context) {
        this.context = StepArguments.trimmed(context);
    }

    public @CheckForNull String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(@CheckForNull String dockerfile) {
        this.dockerfile = StepArguments.trimmed(dockerfile);
    }

    public @CheckForNull String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(@CheckForNull String target) {
        this.target = StepArguments.trimmed(target);
    }

    public @CheckForNull String getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(@CheckForNull String network) {
        this.network = StepArguments.trimmed(network);
    }

    public @CheckForNull String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(@CheckForNull String builder) {
        this.builder = StepArguments.trimmed(builder);
    }

    public @CheckForNull String getOnUnavailable() {
        return onUnavailable;
    }

    @DataBoundSetter
    public void setOnUnavailable(@CheckForNull String onUnavailable) {
        this.onUnavailable = StepArguments.trimmed(onUnavailable);
    }

    public @CheckForNull String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = StepArguments.trimmed(credentialsId);
    }

    public @CheckForNull BuildCache getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(@CheckForNull BuildCache cache) {
        this.cache = cache;
    }

    public boolean isFresh() {
        return fresh;
    }

    @DataBoundSetter
    public void setFresh(boolean fresh) {
        this.fresh = fresh;
    }

    public boolean isEmulate() {
        return emulate;
    }

    @DataBoundSetter
    public void setEmulate(boolean emulate) {
        this.emulate = emulate;
    }

    public boolean isFailFast() {
        return failFast;
    }

    @DataBoundSetter
    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
    }

    public int getWaitMinutes() {
        return waitMinutes;
    }

    /** How long to wait for an agent that is offline, in minutes. */
    @DataBoundSetter
    public void setWaitMinutes(int waitMinutes) {
        this.waitMinutes = waitMinutes;
    }

    public int getRetries() {
        return retries;
    }

    /** How often a platform is built again because its agent was lost. */
    @DataBoundSetter
    public void setRetries(int retries) {
        this.retries = retries;
    }

    public int getAtOnce() {
        return atOnce;
    }

    /** How many images of platforms are built at the same time at most; 0 leaves it to the agents. */
    @DataBoundSetter
    public void setAtOnce(int atOnce) {
        this.atOnce = atOnce;
    }

    public @CheckForNull Boolean getPublish() {
        return publish;
    }

    /** Nothing said publishes, but for builds of pull requests. */
    @DataBoundSetter
    public void setPublish(@CheckForNull Boolean publish) {
        this.publish = publish;
    }

    public @CheckForNull Long getSourceDateEpoch() {
        return sourceDateEpoch;
    }

    /** Seconds since 1970. */
    @DataBoundSetter
    public void setSourceDateEpoch(@CheckForNull Long sourceDateEpoch) {
        this.sourceDateEpoch = sourceDateEpoch;
    }

    @CheckForNull
    Closure<?> build() {
        return build;
    }

    /** What a Jenkinsfile builds each platform with in place of a builder. A form cannot say it. */
    void buildWith(@CheckForNull Closure<?> closure) {
        this.build = closure;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildMultiArchExecution(this, context);
    }

    /** The form, and what else Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends BuildMultiArchChecks {}
}

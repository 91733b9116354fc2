package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.Closure;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Builds one image for several platforms, each on an agent of its own, and publishes them as one. This is what was written
 * in the Jenkinsfile or the form; {@link BuildOrder} is what it means.
 */
public final class BuildMultiArchStep extends ImageBuildStep {
    static final int WAIT_MINUTES = 60;
    static final int RETRIES = 2;

    private final String image;
    private ArrayList<String> platforms = new ArrayList<>();
    private ArrayList<String> agents = new ArrayList<>();
    private ArrayList<String> tags = new ArrayList<>();
    private ArrayList<String> optionalPlatforms = new ArrayList<>();
    private ArrayList<String> expectedPlatforms = new ArrayList<>();
    private ArrayList<String> outputs = new ArrayList<>();
    private ArrayList<String> variants = new ArrayList<>();
    private @CheckForNull String onUnavailable;
    private @CheckForNull String credentialsId;
    private boolean emulate;
    private boolean failFast;
    private int waitMinutes = WAIT_MINUTES;
    private int retries = RETRIES;
    private int atOnce;
    private @CheckForNull Boolean publish;
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

package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Deletes what no rule keeps and nothing needs that is kept, or says what that would be. */
public final class PruneVersionsStep extends VersionsStep {
    private static final long serialVersionUID = 1L;

    private ArrayList<String> keep = new ArrayList<>();
    private ArrayList<String> keepYounger = new ArrayList<>();
    private ArrayList<String> protect = new ArrayList<>();
    private @CheckForNull String rules;
    private @CheckForNull String untaggedAfter;
    private @CheckForNull Integer maxDeletes;
    private boolean mayEmpty;
    private boolean keepBuilds = true;
    private @CheckForNull String inventory;
    private ArrayList<String> channels = new ArrayList<>();
    private @CheckForNull Integer requestsPerMinute;
    private @CheckForNull String apply;

    @DataBoundConstructor
    public PruneVersionsStep(List<String> repositories) {
        super(repositories);
    }

    public List<String> getKeep() {
        return keep;
    }

    /** Patterns of tags, each with how many of them are kept. */
    @DataBoundSetter
    public void setKeep(List<String> keep) {
        this.keep = StepArguments.trimmed(keep);
    }

    public List<String> getKeepYounger() {
        return keepYounger;
    }

    /** Patterns of tags, each with the age up to which they are kept. */
    @DataBoundSetter
    public void setKeepYounger(List<String> keepYounger) {
        this.keepYounger = StepArguments.trimmed(keepYounger);
    }

    public List<String> getProtect() {
        return protect;
    }

    /** Patterns of tags that are kept whatever any rule says. */
    @DataBoundSetter
    public void setProtect(List<String> protect) {
        this.protect = StepArguments.trimmed(protect);
    }

    public @CheckForNull String getRules() {
        return rules;
    }

    /** Rules in JSON; a Pipeline may give a map. */
    @DataBoundSetter
    public void setRules(@CheckForNull String rules) {
        this.rules = StepArguments.trimmed(rules);
    }

    public @CheckForNull String getUntaggedAfter() {
        return untaggedAfter;
    }

    /** How long manifests without a tag are kept, or {@code never}; seven days unless said. */
    @DataBoundSetter
    public void setUntaggedAfter(@CheckForNull String untaggedAfter) {
        this.untaggedAfter = StepArguments.trimmed(untaggedAfter);
    }

    public @CheckForNull Integer getMaxDeletes() {
        return maxDeletes;
    }

    /** Of manifests and tags together; more are refused. */
    @DataBoundSetter
    public void setMaxDeletes(@CheckForNull Integer maxDeletes) {
        this.maxDeletes = maxDeletes;
    }

    public boolean isMayEmpty() {
        return mayEmpty;
    }

    /** Whether a repository may lose its last tag, image or manifest. */
    @DataBoundSetter
    public void setMayEmpty(boolean mayEmpty) {
        this.mayEmpty = mayEmpty;
    }

    public boolean isKeepBuilds() {
        return keepBuilds;
    }

    /** Whether everything is kept that builds made which Jenkins has; so unless said otherwise. */
    @DataBoundSetter
    public void setKeepBuilds(boolean keepBuilds) {
        this.keepBuilds = keepBuilds;
    }

    public @CheckForNull String getInventory() {
        return inventory;
    }

    /** Digests that are in use, one a line. */
    @DataBoundSetter
    public void setInventory(@CheckForNull String inventory) {
        this.inventory = StepArguments.trimmed(inventory);
    }

    public List<String> getChannels() {
        return channels;
    }

    /** Channels that keep what they stand for and stood for. */
    @DataBoundSetter
    public void setChannels(List<String> channels) {
        this.channels = StepArguments.trimmed(channels);
    }

    public @CheckForNull Integer getRequestsPerMinute() {
        return requestsPerMinute;
    }

    /** How many requests are sent in a minute; as fast as they are answered unless said. */
    @DataBoundSetter
    public void setRequestsPerMinute(@CheckForNull Integer requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public @CheckForNull String getApply() {
        return apply;
    }

    /** The hash of a plan, which has to hold still, or {@code now}; nothing is deleted without it. */
    @DataBoundSetter
    public void setApply(@CheckForNull String apply) {
        this.apply = StepArguments.trimmed(apply);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new PruneVersionsExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PruneVersionsDescriptor {}
}

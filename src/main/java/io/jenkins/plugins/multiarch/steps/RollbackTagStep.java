package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Points tags back at an earlier release, of all its images at once. */
public final class RollbackTagStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> tags;
    private final String to;
    private ArrayList<String> images = new ArrayList<>();
    private ArrayList<String> mirrors = new ArrayList<>();
    private boolean reportLag;
    private boolean plan;
    private @CheckForNull String apply;
    private boolean allowPlatformLoss;
    private @CheckForNull RequiredEvidence require;

    /** @param to {@code previous}, a version, the number of a build or a digest */
    @DataBoundConstructor
    public RollbackTagStep(List<String> tags, String to) {
        this.tags = StepArguments.trimmed(tags);
        this.to = to == null ? "" : to.strip();
    }

    public List<String> getTags() {
        return tags;
    }

    public String getTo() {
        return to;
    }

    public List<String> getImages() {
        return images;
    }

    /** The repositories of the images, without tag or digest. */
    @DataBoundSetter
    public void setImages(List<String> images) {
        this.images = StepArguments.trimmed(images);
    }

    public List<String> getMirrors() {
        return mirrors;
    }

    /** Where the tags go back too: repositories, or namespaces with a slash at the end. */
    @DataBoundSetter
    public void setMirrors(List<String> mirrors) {
        this.mirrors = StepArguments.trimmed(mirrors);
    }

    public boolean isReportLag() {
        return reportLag;
    }

    /** Whether the rollback goes on without a mirror that cannot follow. */
    @DataBoundSetter
    public void setReportLag(boolean reportLag) {
        this.reportLag = reportLag;
    }

    public boolean isPlan() {
        return plan;
    }

    @DataBoundSetter
    public void setPlan(boolean plan) {
        this.plan = plan;
    }

    public @CheckForNull String getApply() {
        return apply;
    }

    /** The hash of a plan, which has to hold still. */
    @DataBoundSetter
    public void setApply(@CheckForNull String apply) {
        this.apply = StepArguments.trimmed(apply);
    }

    public boolean isAllowPlatformLoss() {
        return allowPlatformLoss;
    }

    @DataBoundSetter
    public void setAllowPlatformLoss(boolean allowPlatformLoss) {
        this.allowPlatformLoss = allowPlatformLoss;
    }

    public @CheckForNull RequiredEvidence getRequire() {
        return require;
    }

    /** What every image has to have. */
    @DataBoundSetter
    public void setRequire(@CheckForNull RequiredEvidence require) {
        this.require = require;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RollbackTagExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RollbackTagDescriptor {}
}

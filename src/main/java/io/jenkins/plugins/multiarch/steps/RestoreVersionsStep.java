package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Brings back what a build pruned, from the archive among its artifacts. */
public final class RestoreVersionsStep extends VersionsStep {
    private static final long serialVersionUID = 1L;

    private @CheckForNull String from;
    private @CheckForNull String build;
    private String archive = PruneFiles.FIRST_ARCHIVE;

    @DataBoundConstructor
    public RestoreVersionsStep(List<String> repositories) {
        super(repositories);
    }

    public @CheckForNull String getFrom() {
        return from;
    }

    /** The job that pruned, where it was not this one. */
    @DataBoundSetter
    public void setFrom(@CheckForNull String from) {
        this.from = StepArguments.trimmed(from);
    }

    public @CheckForNull String getBuild() {
        return build;
    }

    /** The build of that job, a number or {@code lastSuccessful}. */
    @DataBoundSetter
    public void setBuild(@CheckForNull String build) {
        this.build = StepArguments.trimmed(build);
    }

    public String getArchive() {
        return archive;
    }

    /** The path of the archive among the artifacts; {@code pruned/pruned.jsonl} unless said. */
    @DataBoundSetter
    public void setArchive(@CheckForNull String archive) {
        String given = StepArguments.trimmed(archive);
        this.archive = given == null ? PruneFiles.FIRST_ARCHIVE : given;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new RestoreVersionsExecution(this, context);
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends RestoreVersionsDescriptor {}
}

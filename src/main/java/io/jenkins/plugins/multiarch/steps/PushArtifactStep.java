package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Pushes files of the workspace as an OCI artifact, or a Helm chart. */
public final class PushArtifactStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final String repository;
    private @CheckForNull String artifactType;
    private ArrayList<String> files = new ArrayList<>();
    private ArrayList<String> annotations = new ArrayList<>();
    private @CheckForNull String subject;
    private ArrayList<String> tags = new ArrayList<>();
    private @CheckForNull String chart;
    private @CheckForNull String version;
    private boolean immutableTags;

    @DataBoundConstructor
    public PushArtifactStep(String repository) {
        this.repository = StepArguments.trimmed(repository);
    }

    public String getRepository() {
        return repository;
    }

    public @CheckForNull String getArtifactType() {
        return artifactType;
    }

    /** What the artifact is. */
    @DataBoundSetter
    public void setArtifactType(@CheckForNull String artifactType) {
        this.artifactType = StepArguments.trimmed(artifactType);
    }

    public List<String> getFiles() {
        return files;
    }

    /** Files of the workspace, each {@code FILE} or {@code FILE:TYPE}; a Pipeline may give a map of files to types. */
    @DataBoundSetter
    public void setFiles(List<String> files) {
        this.files = StepArguments.trimmed(files);
    }

    public List<String> getAnnotations() {
        return annotations;
    }

    /** Of the manifest, each {@code key=value}. */
    @DataBoundSetter
    public void setAnnotations(List<String> annotations) {
        this.annotations = StepArguments.trimmed(annotations);
    }

    public @CheckForNull String getSubject() {
        return subject;
    }

    /** The image in the same repository that the artifact is about. */
    @DataBoundSetter
    public void setSubject(@CheckForNull String subject) {
        this.subject = StepArguments.trimmed(subject);
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = StepArguments.trimmed(tags);
    }

    public @CheckForNull String getChart() {
        return chart;
    }

    /** A packed Helm chart, instead of files. */
    @DataBoundSetter
    public void setChart(@CheckForNull String chart) {
        this.chart = StepArguments.trimmed(chart);
    }

    public @CheckForNull String getVersion() {
        return version;
    }

    /** The version that the chart has to have. */
    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        this.version = StepArguments.trimmed(version);
    }

    public boolean isImmutableTags() {
        return immutableTags;
    }

    /** Whether a tag that leads to something else is refused. */
    @DataBoundSetter
    public void setImmutableTags(boolean immutableTags) {
        this.immutableTags = immutableTags;
    }

    PushArtifactTask task() {
        return new PushArtifactTask(
                repository, artifactType, files, annotations, subject, tags, chart, version, immutableTags);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends RegistryStepExecution<UploadedArtifact> {
        private static final long serialVersionUID = 1L;

        private final PushArtifactStep step;

        Execution(PushArtifactStep step, StepContext context) {
            super(context, step.getCredentialsId());
            this.step = step;
        }

        @Override
        void begin() throws IOException, InterruptedException {
            PullRequests.refuse(getContext(), "pushArtifact");
        }

        @Override
        RegistryTask<UploadedArtifact> task() {
            return step.task();
        }
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PushArtifactDescriptor {}
}

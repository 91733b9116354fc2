package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;

/**
 * Where the text of a build's Pipeline comes from. What nobody can say for certain is empty.
 *
 * @param repository that the job is configured with
 * @param ref the branch or tag, as {@code refs/heads/main} where the job says it that exactly
 * @param path of the Jenkinsfile in the repository; empty where the text was not read from there
 * @param commit that the text was read from, where Jenkins chose or fetched it before the Pipeline ran
 * @param inline whether the text was written into the job, or handed to this build alone
 * @param replayed whether it was handed to this build alone, by Replay, Rebuild or Restart from Stage
 */
record PipelineSource(String repository, String ref, String path, String commit, boolean inline, boolean replayed) {
    static final PipelineSource UNKNOWN = new PipelineSource("", "", "", "", false, false);

    /** A text that is a part of the job. */
    static final PipelineSource INLINE = new PipelineSource("", "", "", "", true, false);

    PipelineSource {
        if (repository.isEmpty()) {
            ref = "";
            commit = "";
        }
    }

    static PipelineSource read(GitSource source, String path) {
        return new PipelineSource(source.repository(), source.ref(), path, "", false, false);
    }

    /** As it was when the build began, whatever became of the job since. */
    static PipelineSource of(Run<?, ?> run) {
        PipelineRecord recorded = run.getAction(PipelineRecord.class);
        return recorded == null ? UNKNOWN : recorded.source();
    }

    /** The same job, with a text that is not from there. */
    PipelineSource asReplayed() {
        return new PipelineSource(repository, ref, "", "", true, true);
    }

    PipelineSource at(String found) {
        return new PipelineSource(repository, ref, path, found, inline, replayed);
    }

    /** Whether the text was read from the repository. */
    boolean isRead() {
        return !repository.isEmpty() && !path.isEmpty();
    }

    /** Adds what is known to the parameters that people chose. */
    void write(ObjectNode asked) {
        if (!repository.isEmpty()) {
            ObjectNode source = asked.putObject("source").put("repository", repository);
            if (!ref.isEmpty()) {
                source.put("ref", ref);
            }
        }
        if (inline) {
            asked.putObject("pipeline").put("inline", true);
        } else if (!path.isEmpty()) {
            asked.putObject("pipeline").put("path", path);
        }
        if (replayed) {
            asked.withObject("/pipeline").put("replayed", true);
        }
    }
}

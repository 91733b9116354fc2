package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.scm.SCM;
import io.jenkins.plugins.multiarch.builder.GitAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.TagSCMHead;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * Where the text of a Pipeline comes from, as its job is configured; nothing that a build does changes it.
 *
 * @param repository its address; empty where the text was written into the job
 * @param ref the branch or tag, as {@code refs/heads/main} where the job says one
 * @param commit empty where nobody recorded it
 * @param path of the Jenkinsfile in the repository; empty where the text was written into the job
 * @param replayed whether somebody changed the text for this build alone
 */
record PipelineSource(String repository, String ref, String commit, String path, boolean replayed) {
    private static final String REPLAY = "ReplayCause";
    private static final String BRANCHES = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    static PipelineSource of(Run<?, ?> run) {
        boolean replayed = run.getCauses().stream()
                .anyMatch(cause -> cause.getClass().getSimpleName().equals(REPLAY));
        if (!(run.getParent() instanceof WorkflowJob job)) {
            return new PipelineSource("", "", "", "", replayed);
        }
        Map<String, Object> definition = described(job.getDefinition());
        String path = text(definition.get("scriptPath"));
        SCMSource source = SCMSource.SourceByItem.findSource(job);
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (source != null && head != null) {
            SCMRevision revision = SCMRevisionAction.getRevision(source, run);
            SCM scm = source.build(head, revision);
            return new PipelineSource(address(described(scm)), ref(head), text(revision), path, replayed);
        }
        return definition.get("scm") instanceof Map<?, ?> scm
                ? new PipelineSource(address(scm), ref(scm), "", path, replayed)
                : new PipelineSource("", "", "", "", replayed);
    }

    private static Map<String, Object> described(Object configured) {
        return described(DescribableModel.of(configured.getClass()), configured);
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, Object> described(DescribableModel<T> model, Object configured) {
        return model.uninstantiate((T) configured);
    }

    private static String address(Map<?, ?> scm) {
        return first(scm, "userRemoteConfigs", "url")
                .map(GitAddress::withoutLogin)
                .orElse("");
    }

    private static String ref(SCMHead head) {
        return (head instanceof TagSCMHead ? TAGS : BRANCHES) + head.getName();
    }

    private static String ref(Map<?, ?> scm) {
        String branch = first(scm, "branches", "name").orElse("").replaceFirst("^\\*/", "");
        return branch.isEmpty() || branch.startsWith("refs/") ? branch : BRANCHES + branch;
    }

    private static Optional<String> first(Map<?, ?> scm, String list, String field) {
        return scm.get(list) instanceof List<?> entries
                        && !entries.isEmpty()
                        && entries.get(0) instanceof Map<?, ?> entry
                ? Optional.of(text(entry.get(field)))
                : Optional.empty();
    }

    private static String text(@CheckForNull Object value) {
        return value == null ? "" : value.toString();
    }

    boolean isInline() {
        return path.isEmpty() || replayed;
    }
}

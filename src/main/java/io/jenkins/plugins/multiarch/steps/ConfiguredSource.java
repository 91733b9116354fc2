package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Items;
import hudson.scm.SCM;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.TagSCMHead;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Reads from a job where its Pipeline comes from. */
final class ConfiguredSource {
    private static final Logger LOGGER = Logger.getLogger(ConfiguredSource.class.getName());
    private static final String GIT = "hudson.plugins.git.GitSCM";

    /** What branches of multibranch jobs run. Its path is in what Jenkins saves of it, and nowhere else. */
    private static final String BINDER = "org.jenkinsci.plugins.workflow.multibranch.SCMBinder";

    private static final Pattern SAVED_PATH = Pattern.compile("<scriptPath>([^<&]+)</scriptPath>");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private ConfiguredSource() {}

    /** As the job is configured now. Never fails, since every Pipeline starts with it: what it cannot read is unknown. */
    static PipelineSource of(WorkflowJob job) {
        try {
            return read(job);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "Where the Pipeline of " + job.getFullName() + " comes from is not known.");
            return PipelineSource.UNKNOWN;
        }
    }

    private static PipelineSource read(WorkflowJob job) {
        FlowDefinition definition = job.getDefinition();
        SCMSource source = SCMSource.SourceByItem.findSource(job);
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (source != null && head != null) {
            String ref = ref(head);
            return ref.isEmpty()
                    ? PipelineSource.UNKNOWN
                    : PipelineSource.read(
                            new GitSource(git(source.build(head, null)).repository(), ref), savedPath(definition));
        }
        if (definition instanceof CpsScmFlowDefinition read) {
            String path = read.getScriptPath();
            return PipelineSource.read(git(read.getScm()), path.contains("$") ? "" : path);
        }
        return definition instanceof CpsFlowDefinition ? PipelineSource.INLINE : PipelineSource.UNKNOWN;
    }

    /** What a head is named is its ref for branches and tags alone: pull requests and other refs have made-up names. */
    static String ref(SCMHead head) {
        if (head instanceof TagSCMHead) {
            return "refs/tags/" + head.getName();
        }
        String kind = head.getClass().getSimpleName();
        return kind.equals("SCMHead") || kind.endsWith("BranchSCMHead") ? "refs/heads/" + head.getName() : "";
    }

    private static String savedPath(FlowDefinition definition) {
        if (!definition.getClass().getName().equals(BINDER)) {
            return "";
        }
        Matcher path = SAVED_PATH.matcher(Items.XSTREAM2.toXML(definition));
        return path.find() ? path.group(1) : "";
    }

    private static GitSource git(SCM scm) {
        return scm.getClass().getName().equals(GIT) ? git(DescribableModel.of(scm.getClass()), scm) : GitSource.UNKNOWN;
    }

    @SuppressWarnings("unchecked")
    private static <T> GitSource git(DescribableModel<T> model, SCM scm) {
        return GitSource.of(model.uninstantiate((T) scm));
    }

    /**
     * Where the text of a Pipeline that did not begin to run yet was read from: the revision that Jenkins chose for its
     * branch, else what was checked out so far, which was on the controller and for the text.
     *
     * @return empty where there is none, or more than one
     */
    static String commit(WorkflowRun run, String repository) {
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        Set<String> commits = new TreeSet<>();
        if (source != null && givesCommits(SCMHead.HeadByItem.findHead(run.getParent()))) {
            run.getActions(SCMRevisionAction.class).stream()
                    .filter(chosen -> source.getId().equals(chosen.getSourceId()))
                    .forEach(chosen -> commits.add(chosen.getRevision().toString()));
        }
        if (commits.isEmpty()) {
            Checkouts.of(run).stream()
                    .filter(checkout -> checkout.url().equals(repository))
                    .forEach(checkout -> commits.add(checkout.commit()));
        }
        String commit = commits.size() == 1 ? commits.iterator().next() : "";
        return COMMIT.matcher(commit).matches() ? commit : "";
    }

    /** The Git plugin follows a tag to its commit; the revision of another source may be the tag's own object. */
    private static boolean givesCommits(@CheckForNull SCMHead head) {
        return !(head instanceof TagSCMHead) || head.getClass().getName().startsWith("jenkins.plugins.git.");
    }
}

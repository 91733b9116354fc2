package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.AbstractItem;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.metadata.PrimaryInstanceMetadataAction;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/**
 * Which branch, tag or pull request a build is of, as Jenkins has it from its job. No script has a say in it.
 *
 * @param ref absent where the job leaves it open
 * @param targetBranch where a pull request wants to go, or empty
 * @param defaultBranch the one that the host of the repository names, or empty
 * @param releasedTags the tags that have jobs beside this one
 */
record RecordedRef(Optional<Ref> ref, String targetBranch, String defaultBranch, List<String> releasedTags) {

    static RecordedRef of(Run<?, ?> run) {
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        if (head == null) {
            return new RecordedRef(exact(PipelineSource.of(run).ref()), "", "", List.of());
        }
        String defaultBranch = "";
        List<String> tags = new ArrayList<>();
        for (AbstractItem job : jobsBeside(run)) {
            SCMHead other = SCMHead.HeadByItem.findHead(job);
            if (other instanceof TagSCMHead) {
                tags.add(other.getName());
            } else if (other != null && job.getAction(PrimaryInstanceMetadataAction.class) != null) {
                defaultBranch = other.getName();
            }
        }
        return head instanceof ChangeRequestSCMHead change
                ? new RecordedRef(
                        Optional.of(new Ref(Ref.Kind.PULL_REQUEST, change.getId())),
                        change.getTarget().getName(),
                        defaultBranch,
                        tags)
                : new RecordedRef(exact(ConfiguredSource.ref(head)), "", defaultBranch, tags);
    }

    /** Itself too. */
    private static List<AbstractItem> jobsBeside(Run<?, ?> run) {
        List<AbstractItem> jobs = new ArrayList<>();
        for (Object item : run.getParent().getParent().getItems()) {
            if (item instanceof AbstractItem job) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    /** Only what cannot be taken for anything else. */
    private static Optional<Ref> exact(String ref) {
        return Stream.of("refs/heads/", "refs/tags/").anyMatch(ref::startsWith)
                ? Optional.of(Ref.parse(ref))
                : Optional.empty();
    }

    /**
     * The ref to plan for.
     *
     * @param said what the Pipeline says, which counts where Jenkins knows nothing
     * @throws ReleaseException if Jenkins knows of another one, or nobody knows any
     */
    Ref orSaid(@CheckForNull String said) {
        Optional<Ref> told = Optional.ofNullable(said).map(Ref::parse);
        if (ref.isPresent() && told.isPresent() && !ref.equals(told)) {
            throw new ReleaseException(
                    "This build is of " + ref.get().shown() + ", and ref says "
                            + told.get().shown() + ".",
                    "Leave ref out: Jenkins knows what this job builds.");
        }
        return ref.or(() -> told)
                .orElseThrow(() -> new ReleaseException(
                        "Jenkins does not know which branch or tag this build is of.",
                        "Give ref, as in ref: 'refs/heads/main', or build it by a multibranch Pipeline."));
    }
}

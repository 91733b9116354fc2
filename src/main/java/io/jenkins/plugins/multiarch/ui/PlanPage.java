package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.TransientActionFactory;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The page of a job where people ask what its rules would let a build do. Nothing is built or written by it. */
public final class PlanPage implements Action {
    private final WorkflowJob job;
    private final PlanQuestion question;

    private PlanPage(WorkflowJob job, PlanQuestion question) {
        this.job = job;
        this.question = question;
    }

    public WorkflowJob getJob() {
        return job;
    }

    public PlanQuestion getQuestion() {
        return question;
    }

    /** Shows the answer. Asks for the permission to start builds, for it tells what they would do. */
    @POST
    public HttpResponse doAsk(
            @QueryParameter String ref,
            @QueryParameter String cause,
            @QueryParameter String changed,
            @QueryParameter String knownTags,
            @QueryParameter String channel,
            @QueryParameter String version,
            @QueryParameter boolean rebuild,
            @QueryParameter String rules) {
        job.checkPermission(Item.BUILD);
        return HttpResponses.forwardToView(
                new PlanPage(job, question.asked(ref, cause, changed, knownTags, channel, version, rebuild, rules)),
                "index");
    }

    @Override
    public @CheckForNull String getIconFileName() {
        return job.hasPermission(Item.BUILD) ? "symbol-help-circle" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PlanPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "multiarch-plan";
    }

    /** Adds the page to jobs one of whose last builds was planned. */
    @Extension
    public static final class Factory extends TransientActionFactory<WorkflowJob> {

        @Override
        public Class<WorkflowJob> type() {
            return WorkflowJob.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return PlanPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(WorkflowJob job) {
            return Stream.of(job.getLastBuild(), job.getLastCompletedBuild(), job.getLastSuccessfulBuild())
                    .filter(Objects::nonNull)
                    .map(build -> build.getAction(PlanRules.class))
                    .filter(Objects::nonNull)
                    .limit(1)
                    .map(rules -> new PlanPage(job, PlanQuestion.about(rules, job.getFullName())))
                    .toList();
        }
    }

    /** Why builds begin, for the form. */
    public List<String> getCauses() {
        return PlanQuestion.causes();
    }
}

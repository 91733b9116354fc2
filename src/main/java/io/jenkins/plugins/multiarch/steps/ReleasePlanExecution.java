package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.Phase;
import io.jenkins.plugins.multiarch.plan.PlanText;
import io.jenkins.plugins.multiarch.plan.Planning;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.plan.ReleasePlan;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import io.jenkins.plugins.multiarch.ui.PlanRules;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Plans on the controller; a node is asked for files and tags alone, and the environment of the script for nothing. */
final class ReleasePlanExecution extends ResumableStepExecution<PlannedRelease> {
    private static final long serialVersionUID = 1L;

    private final ReleasePlanStep step;

    ReleasePlanExecution(ReleasePlanStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    void begin() {
        refuseTwoRules(step.getRules() != null, step.getRulesFile() != null);
        step.refuseWrongTexts();
    }

    static void refuseTwoRules(boolean hasRules, boolean hasFile) {
        if (hasRules && hasFile) {
            throw new ReleaseException(
                    "releasePlan was given both rules and rulesFile.", "Give the rules as a text or in a file.");
        }
    }

    @Override
    PlannedRelease result() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        RecordedSources sources = RecordedSources.of(run);
        RecordedRef recorded = RecordedRef.of(run);
        Ref ref = recorded.orSaid(step.getRef());
        FoundFacts found =
                carryOut(new PlanFactsTask(step.getRules(), step.getRulesFile(), step.getImage(), sources.commit()));
        ReleaseRules rules = found.readRules();
        String defaultBranch = defaultBranch(recorded);
        BuildFacts.Builder facts = BuildFacts.of(
                        ref,
                        RecordedCause.of(run, ref, PullRequests.isOne(getContext())),
                        Instant.ofEpochMilli(run.getStartTimeInMillis()))
                .phase(phase())
                .defaultBranch(defaultBranch)
                .targetBranch(recorded.targetBranch())
                .source(sources.repository())
                .job(run.getParent().getFullName())
                .commit(sources.commit())
                .inputs(RecordedInputs.of(run));
        if (step.getBase() != null) {
            facts.base(ImageRef.parse(step.getBase()));
        }
        if (run instanceof WorkflowRun pipeline) {
            RecordedChanges.of(pipeline, sources.repository()).ifPresent(facts::changedFiles);
        }
        found.addTo(facts, rules, recorded.releasedTags(), step.getImage() != null);
        ReleasePlan plan = new Planning(rules).plan(facts.build());
        print(plan);
        PlanRules.record(run, found.rules(), defaultBranch, sources.repository());
        return new PlannedRelease(plan);
    }

    private Phase phase() {
        return step.getPhase() == null ? Phase.BUILD : Phase.parse(step.getPhase());
    }

    private String defaultBranch(RecordedRef recorded) {
        if (!recorded.defaultBranch().isEmpty()) {
            return recorded.defaultBranch();
        }
        return step.getDefaultBranch() == null ? "main" : step.getDefaultBranch();
    }

    private void print(ReleasePlan plan) throws IOException, InterruptedException {
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        List<String> lines = new PlanText(plan).lines();
        lines.forEach(log::println);
    }
}

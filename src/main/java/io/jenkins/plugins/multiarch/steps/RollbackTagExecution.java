package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.Rollback;
import io.jenkins.plugins.multiarch.promote.RollbackRequest;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.ui.PromotionRecord;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Goes back. */
final class RollbackTagExecution extends TagsExecution<RollbackTagStep> {
    private static final long serialVersionUID = 1L;

    RollbackTagExecution(RollbackTagStep step, StepContext context) {
        super(step, context);
    }

    @Override
    RollbackRequest named() {
        return step().request(Evidence.NONE);
    }

    @Override
    Receipts receipts(Registry registry) throws IOException, InterruptedException {
        return receipts().reading(registry, step().trusted());
    }

    @Override
    PromotionRecord record(io.jenkins.plugins.multiarch.promote.PromotedTags moved) {
        return new PromotionRecord(PromotionRecord.Kind.ROLLBACK, System.currentTimeMillis(), moved)
                .backTo(step().getTo());
    }

    @Override
    ReleaseMove move(
            Registry registry, Evidence evidence, Journal journal, Receipts receipts, Map<Mirror, String> behind)
            throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        String step = getContext().get(FlowNode.class).getId();
        return new Rollback(registry, log(), journal, Promotions.get().locks(), receipts, BegunRollbacks.of(run, step))
                .of(step().request(evidence)
                        .noted(note().step(step + "@" + run.getTimeInMillis()))
                        .behind(behind));
    }
}

package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.ui.PromotionRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Promotes. Inside a node that one copies what other repositories lack, and is asked which commit is newer. */
final class PromoteTagExecution extends TagsExecution<PromoteTagStep> {
    private static final long serialVersionUID = 1L;

    PromoteTagExecution(PromoteTagStep step, StepContext context) {
        super(step, context);
    }

    private PromotionArguments arguments() {
        return new PromotionArguments(step());
    }

    @Override
    void begin() throws IOException, InterruptedException {
        super.begin();
        if (arguments().isByCommit() && !isInsideNode()) {
            throw new ReleaseException(
                    "promoteTag asks a clone which commit is newer, and was called outside node, where there is none.",
                    "Call it inside the node that checked out the sources, or choose another order.");
        }
    }

    @Override
    boolean needsNode() {
        return super.needsNode()
                || arguments().isByCommit()
                || (!step().isPlan() && arguments().isForOtherRepositories());
    }

    @Override
    PromotionRequest named() {
        return arguments().request(Evidence.NONE, this::isAncestor);
    }

    @Override
    PromotionRecord record(io.jenkins.plugins.multiarch.promote.PromotedTags moved) {
        return new PromotionRecord(PromotionRecord.Kind.PROMOTION, System.currentTimeMillis(), moved);
    }

    @Override
    ReleaseMove move(
            Registry registry, Evidence evidence, Journal journal, Receipts receipts, Map<Mirror, String> behind)
            throws IOException, InterruptedException {
        TagLocks locks = Promotions.get().locks();
        return new Promotion(registry, log(), journal, locks, copier(registry), Optional.of(receipts))
                .of(arguments()
                        .request(evidence, this::isAncestor)
                        .noted(note())
                        .behind(behind));
    }

    private Copier copier(Registry registry) throws IOException, InterruptedException {
        return isInsideNode()
                ? copies -> carryOut(CopyTask.of(registries(), copies)).orRefuse()
                : Copier.here(registry, log());
    }

    private boolean isAncestor(String commit, String descendant) throws InterruptedException {
        try {
            return carryOut(new AncestryTask(commit, descendant)).orRefuse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

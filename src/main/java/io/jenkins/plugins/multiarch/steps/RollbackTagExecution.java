package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.Rollback;
import io.jenkins.plugins.multiarch.promote.RollbackRequest;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Goes back on the controller, as {@link PromoteTagExecution} promotes there; a node is asked for files alone. */
final class RollbackTagExecution extends DocumentsExecution<PromotedTags> {
    private static final long serialVersionUID = 1L;

    private final RollbackTagStep step;

    RollbackTagExecution(RollbackTagStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    void begin() throws IOException, InterruptedException {
        PromotionArguments.refusePlanAndApply("rollbackTag", step.isPlan(), step.getApply());
        source().ifPresent(PolicySource::refuseMoreThanOne);
        request();
        if (!step.isPlan()) {
            PullRequests.refuse(getContext(), "rollbackTag");
        }
    }

    @Override
    List<String> paths() {
        return source().map(PolicySource::paths).orElse(List.of());
    }

    @Override
    PromotedTags result() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Map<String, byte[]> files = documents(TrustedRoot.MAX_SIZE);
        RollbackRequest named = request();
        List<String> registries = registries(named, List.of());
        Registry registry = access(registries).open();
        RollbackRequest request = named.guarded(
                        step.isAllowPlatformLoss(),
                        source().map(source -> source.evidence(registry, files)).orElse(Evidence.NONE))
                .noted(new BuildReceipts(run)
                        .note()
                        .step(getContext().get(FlowNode.class).getId() + "@" + run.getTimeInMillis()));
        Promotions promotions = Promotions.get();
        PromotionFolder folder = promotions.folder();
        Receipts receipts = BuildReceipts.of(registry);
        if (step.isPlan()) {
            PromotionPlan plan =
                    new Rollback(registry, log(), Journal.NONE, promotions.locks(), receipts).plan(request);
            folder.keep(plan);
            return new PromotedTags(plan);
        }
        recover(request);
        try (FileJournal journal = folder.journal()) {
            OpenPromotions.begin(run, journal, registries.get(0), step.getCredentialsId());
            Rollback rollback = new Rollback(registry, log(), journal, promotions.locks(), receipts);
            Optional<Digest> agreed = Optional.ofNullable(step.getApply()).map(Digest::parse);
            PromotedTags moved = new PromotedTags(
                    agreed.isPresent()
                            ? rollback.apply(request, agreed.get(), folder.plan(agreed.get()))
                            : rollback.rollBack(request));
            OpenPromotions.end(run, journal);
            return moved;
        }
    }

    private RollbackRequest request() {
        return new RollbackRequest(
                        step.getImages().stream().map(StepArguments::repository).toList(),
                        Tag.parseAll(step.getTags()),
                        RollbackTarget.parse(step.getTo()))
                .mirrored(
                        step.getMirrors().stream().map(Mirror::parse).toList(),
                        step.isReportLag() ? MirrorLag.REPORTED : MirrorLag.FAILS);
    }

    private Optional<PolicySource> source() {
        return Optional.ofNullable(step.getRequire()).map(require -> require.source("rollbackTag"));
    }

    /** Those of a request first, that of its first image before all others. */
    private static List<String> registries(RollbackRequest request, List<TagName> others) {
        Stream<Repository> tags =
                Stream.concat(request.names().stream(), others.stream()).map(TagName::repository);
        return Stream.concat(request.repositories().stream(), tags)
                .map(Repository::registry)
                .distinct()
                .toList();
    }

    private void recover(RollbackRequest request) throws IOException, InterruptedException {
        Promotions promotions = Promotions.get();
        promotions.folder().recover(request.names(), broken -> {
            Registry registry = access(registries(request, broken.unfinished())).open();
            Receipts receipts = BuildReceipts.of(registry);
            new Promotion(
                            registry,
                            log(),
                            broken,
                            promotions.locks(),
                            Copier.here(registry, log()),
                            Optional.of(receipts))
                    .recover();
        });
    }

    private Consumer<String> log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger()::println;
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Promotes on the controller, which has the journal and the turns, whichever node the step was called in. Inside a node that
 * one copies what other repositories lack, and is asked for files and commits.
 */
final class PromoteTagExecution extends DocumentsExecution<PromotedTags> {
    private static final long serialVersionUID = 1L;

    private final PromoteTagStep step;

    PromoteTagExecution(PromoteTagStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    private PromotionArguments arguments() {
        return new PromotionArguments(step);
    }

    @Override
    void begin() throws IOException, InterruptedException {
        if (!step.isPlan()) {
            PullRequests.refuse(getContext(), "promoteTag");
        }
        arguments().check();
        if (arguments().isByCommit() && !isInsideNode()) {
            throw new ReleaseException(
                    "promoteTag asks a clone which commit is newer, and was called outside node, where there is none.",
                    "Call it inside the node that checked out the sources, or choose another order.");
        }
    }

    @Override
    List<String> paths() {
        return arguments().evidence().map(PolicySource::paths).orElse(List.of());
    }

    @Override
    boolean needsNode() {
        return super.needsNode()
                || arguments().isByCommit()
                || (!step.isPlan() && arguments().isForOtherRepositories());
    }

    @Override
    PromotedTags result() throws IOException, InterruptedException {
        Run<?, ?> run = getContext().get(Run.class);
        Map<String, byte[]> files = documents(TrustedRoot.MAX_SIZE);
        List<String> registries = registries(arguments().request(Evidence.NONE, this::isAncestor), List.of());
        Registry registry = access(registries).open();
        PromotionRequest request =
                arguments().request(evidence(registry, files), this::isAncestor).noted(new BuildReceipts(run).note());
        Promotions promotions = Promotions.get();
        PromotionFolder folder = promotions.folder();
        if (step.isPlan()) {
            PromotionPlan plan = new Promotion(registry, log(), Journal.NONE, promotions.locks()).plan(request);
            folder.keep(plan);
            return new PromotedTags(plan);
        }
        recover(request);
        try (FileJournal journal = folder.journal()) {
            OpenPromotions.begin(run, journal, registries.get(0), step.getCredentialsId());
            Promotion promotion = new Promotion(
                    registry,
                    log(),
                    journal,
                    promotions.locks(),
                    copier(registries, registry),
                    Optional.of(BuildReceipts.of(registry)));
            Optional<Digest> agreed = arguments().agreed();
            PromotedTags promoted = new PromotedTags(
                    agreed.isPresent()
                            ? promotion.apply(request, agreed.get(), folder.plan(agreed.get()))
                            : promotion.promote(request));
            OpenPromotions.end(run, journal);
            return promoted;
        }
    }

    /** Those of a request first, that of its first image before all others, and then those of other tags. */
    private static List<String> registries(PromotionRequest request, List<TagName> others) {
        Stream<Repository> images = request.images().stream().map(ImageRef::repository);
        Stream<Repository> tags =
                Stream.concat(request.names().stream(), others.stream()).map(TagName::repository);
        return Stream.concat(images, tags).map(Repository::registry).distinct().toList();
    }

    /** Ends what broke off of these tags: this very step before a restart, or a build that nobody goes on with. */
    private void recover(PromotionRequest request) throws IOException, InterruptedException {
        Promotions promotions = Promotions.get();
        promotions.folder().recover(request.names(), broken -> {
            Registry registry = access(registries(request, broken.unfinished())).open();
            Copier here = Copier.here(registry, log());
            new Promotion(registry, log(), broken, promotions.locks(), here, Optional.of(BuildReceipts.of(registry)))
                    .recover();
        });
    }

    private Copier copier(List<String> registries, Registry registry) throws IOException, InterruptedException {
        return isInsideNode()
                ? copies -> carryOut(CopyTask.of(registries, copies)).orRefuse()
                : Copier.here(registry, log());
    }

    private Evidence evidence(Registry registry, Map<String, byte[]> files) {
        return arguments()
                .evidence()
                .map(source -> source.evidence(registry, files))
                .orElse(Evidence.NONE);
    }

    private boolean isAncestor(String commit, String descendant) throws InterruptedException {
        try {
            return carryOut(new AncestryTask(commit, descendant)).orRefuse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Consumer<String> log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger()::println;
    }
}

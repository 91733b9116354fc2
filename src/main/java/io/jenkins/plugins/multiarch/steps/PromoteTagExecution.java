package io.jenkins.plugins.multiarch.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Promotes on the controller, which has the journal and the turns, whichever node the step was called in. Inside a node that
 * one copies what other repositories lack.
 */
final class PromoteTagExecution extends ResumableStepExecution<PromotedTags> {
    private static final long serialVersionUID = 1L;

    private final PromoteTagStep step;

    PromoteTagExecution(PromoteTagStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    void begin() throws IOException, InterruptedException {
        if (!step.isPlan()) {
            PullRequests.refuse(getContext(), "promoteTag");
        }
    }

    @Override
    boolean needsNode() {
        return !step.isPlan() && !step.getTo().isEmpty();
    }

    @Override
    PromotedTags result() throws IOException, InterruptedException {
        PromotionRequest request = request();
        Registry registry = access(registries(request)).open();
        Promotions promotions = Promotions.get();
        if (step.isPlan()) {
            return new PromotedTags(new Promotion(registry, log(), Journal.NONE, promotions.locks())
                    .plan(request)
                    .promoted());
        }
        recover(request);
        try (FileJournal journal = promotions.folder().journal()) {
            return new PromotedTags(new Promotion(
                            registry, log(), journal, promotions.locks(), copier(request, registry), Optional.empty())
                    .promote(request));
        }
    }

    private PromotionRequest request() {
        return new PromotionRequest(
                step.namedImages("promoteTag").stream().map(ImageRef::parse).toList(),
                Tag.parseAll(step.getTags()),
                step.getTo().stream().map(StepArguments::repository).toList());
    }

    private static List<String> registries(PromotionRequest request) {
        return registries(request, List.of());
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
            new Promotion(registry, log(), broken, promotions.locks()).recover();
        });
    }

    private Copier copier(PromotionRequest request, Registry registry) throws IOException, InterruptedException {
        return isInsideNode()
                ? copies -> CopyTask.refuseUnlessDone(carryOut(CopyTask.of(registries(request), copies)))
                : Copier.here(registry, log());
    }

    private Consumer<String> log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger()::println;
    }
}

package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.promote.Evidence;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.promote.ReleaseRequest;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.promote.Turn;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.ui.PromotionRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Moves tags on the controller, which has the journal and the turns, whichever node the step was called in; a node is asked
 * for files, and for what only it can do.
 */
abstract class TagsExecution<S extends TagsStep> extends DocumentsExecution<PromotedTags> {
    private static final long serialVersionUID = 1L;

    private final S step;

    TagsExecution(S step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    final S step() {
        return step;
    }

    /** What the arguments ask for, as far as it can be told without reading anything. */
    abstract ReleaseRequest named();

    /**
     * What does it, writing to the journal and leaving receipts.
     *
     * @param behind mirrors that cannot follow, each with why
     */
    abstract ReleaseMove move(
            Registry registry, Evidence evidence, Journal journal, Receipts receipts, Map<Mirror, String> behind)
            throws IOException, InterruptedException;

    /** What the build remembers of it. */
    abstract PromotionRecord record(io.jenkins.plugins.multiarch.promote.PromotedTags moved);

    @Override
    void begin() throws IOException, InterruptedException {
        if (!step.isPlan()) {
            PullRequests.refuse(getContext(), step.function());
        }
        step.refuseUnclear();
        named();
    }

    @Override
    final boolean endsByItself() {
        return true;
    }

    @Override
    final List<String> paths() {
        return step.evidence().map(PolicySource::paths).orElse(List.of());
    }

    @Override
    final PromotedTags result() throws IOException, InterruptedException {
        Map<String, byte[]> files = documents(TrustedRoot.MAX_SIZE);
        Registry registry = access(registries()).open();
        Evidence evidence =
                step.evidence().map(source -> source.evidence(registry, files)).orElse(Evidence.NONE);
        Receipts receipts = receipts(registry);
        PromotionFolder folder = Promotions.get().folder();
        if (step.isPlan()) {
            return new PromotedTags(
                    move(registry, evidence, Journal.NONE, receipts, Map.of()).plan(folder));
        }
        receipts().refuseUnlessSigned();
        try (Turn turn = turn(folder)) {
            return new PromotedTags(
                    turn.done().isPresent()
                            ? turn.done().get()
                            : carryOut(folder, journal -> move(registry, evidence, journal, receipts, turn.behind())));
        }
    }

    /** What a journal is for. */
    @FunctionalInterface
    private interface Moves {
        ReleaseMove with(Journal journal) throws IOException, InterruptedException;
    }

    private io.jenkins.plugins.multiarch.promote.PromotedTags carryOut(PromotionFolder folder, Moves moves)
            throws IOException, InterruptedException {
        Run<?, ?> run = run();
        try (FileJournal journal = folder.journal(run.getExternalizableId())) {
            OpenPromotions.begin(run, journal, registries().get(0), step.getCredentialsId(), step.receiptKey());
            var moved = moves.with(journal).carryOut(step.agreed(), folder);
            if (journal.unfinished().isEmpty()) {
                OpenPromotions.end(run, journal);
            }
            receipts().remember(recorded(moved));
            return moved;
        }
    }

    private PromotionRecord recorded(io.jenkins.plugins.multiarch.promote.PromotedTags moved)
            throws IOException, InterruptedException {
        return record(moved)
                .mirrored(step.getMirrors())
                .channelled(step.getChannel())
                .signed(receipts().signer().isPresent());
    }

    /** Those of the images first, and then those of other tags. */
    final List<String> registries() {
        return registries(List.of());
    }

    private List<String> registries(List<TagName> others) {
        ReleaseRequest named = named();
        Stream<Repository> tags =
                Stream.concat(named.names().stream(), others.stream()).map(TagName::repository);
        return Stream.concat(named.repositories().stream(), tags)
                .map(Repository::registry)
                .distinct()
                .toList();
    }

    /** Takes the turns of these tags, and ends what broke off of them: this very step before a restart, or a build that nobody goes on with. */
    private Turn turn(PromotionFolder folder) throws IOException, InterruptedException {
        return folder.begin(
                named(), Promotions.get().locks(), log(), broken -> receipts().recovered(ended(broken)));
    }

    /** Another job's tags are reached with that job's credentials: this one's may be for other repositories. */
    private Optional<io.jenkins.plugins.multiarch.promote.PromotedTags> ended(FileJournal broken)
            throws IOException, InterruptedException {
        Optional<OpenPromotions.Owner> owner = OpenPromotions.owner(broken);
        if (owner.isPresent() && !owner.get().run().equals(run())) {
            try {
                return owner.get().end(broken, getContext().get(TaskListener.class));
            } catch (ReleaseException e) {
                log().accept("With the credentials of " + owner.get().run().getExternalizableId()
                        + " it could not be ended: " + e.fact());
            }
        }
        Registry registry = access(registries(broken.unfinished())).open();
        return Promotion.recover(
                registry, log(), broken, Promotions.get().locks(), receipts().leaving(registry));
    }

    /** Leaves the receipt of this step, and reads those of others as far as it needs any. */
    Receipts receipts(Registry registry) throws IOException, InterruptedException {
        return receipts().leaving(registry);
    }

    final BuildReceipts receipts() throws IOException, InterruptedException {
        return BuildReceipts.of(run(), getContext().get(TaskListener.class), step.receiptKey());
    }

    /** What the receipt says of the build. */
    final ReleaseNote note() throws IOException, InterruptedException {
        return receipts().note();
    }

    final Consumer<String> log() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class).getLogger()::println;
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }
}

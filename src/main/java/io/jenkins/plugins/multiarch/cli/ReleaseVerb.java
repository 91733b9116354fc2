package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.promote.ReleaseRequest;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.promote.Turn;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves the tags of a release, forwards or back, after what broke off of them was ended. */
abstract class ReleaseVerb<R extends ReleaseRequest> extends Verb {

    @Option(
            names = "--mirror",
            order = 10,
            split = ",",
            paramLabel = "REPOSITORY",
            description =
                    "Where the tags move too: a repository, or with a slash at the end a namespace where each keeps its"
                            + " name. What it lacks is copied there.")
    private List<Mirror> mirrors = new ArrayList<>();

    @Option(names = "--report-lag", order = 11, description = "Go on without a mirror that cannot follow, and say so.")
    private boolean reportLag;

    @Option(
            names = "--channel",
            order = 12,
            paramLabel = "REPOSITORY:CHANNEL",
            description =
                    "A channel whose document is to name these images, as in ghcr.io/acme/metadata:prod; it moves behind"
                            + " all tags.")
    private ChannelTarget channel;

    @ArgGroup
    private Planning planning = new Planning();

    @Mixin
    private ReceiptOptions receipts;

    @Option(
            names = "--state",
            order = 80,
            paramLabel = "FOLDER",
            description =
                    "Where journals and plans are kept; without, $XDG_STATE_HOME or ~/.local/state, there in a folder of"
                            + " this program.")
    private Path state;

    /** To look at it first, or to do what was looked at. */
    private static final class Planning {
        @Option(names = "--plan", order = 13, description = "Say what would move, and move nothing.")
        private boolean plan;

        @Option(
                names = "--apply",
                order = 14,
                paramLabel = "HASH",
                description = "Move the tags only if the plan still has this hash.")
        private Digest apply;
    }

    ReleaseVerb(Surroundings around) {
        super(around);
    }

    /** What is asked for. */
    abstract R request(Registry registry) throws IOException;

    /** The same without mirrors that cannot follow. */
    abstract R behind(R request, Map<Mirror, String> why);

    /** What does it. */
    abstract ReleaseMove move(
            R request, Registry registry, Consumer<String> log, Journal journal, TagLocks locks, Receipts receipts);

    /** What leaves the receipt, and says which of others count. */
    Receipts receipts(Registry registry, ReceiptOptions options) throws IOException {
        return options.receipts(registry);
    }

    final List<Mirror> mirrors() {
        return mirrors;
    }

    final MirrorLag lag() {
        return reportLag ? MirrorLag.REPORTED : MirrorLag.FAILS;
    }

    final Optional<ChannelTarget> channel() {
        return Optional.ofNullable(channel);
    }

    final ReleaseNote note() {
        return receipts.note(around());
    }

    @Override
    final void perform() throws IOException, InterruptedException {
        Registry registry = registry();
        PromotionFolder folder = StateFolder.of(Optional.ofNullable(state), around());
        R request = request(registry);
        Receipts left = receipts(registry, receipts);
        if (planning.plan) {
            PromotionPlan plan = move(request, registry, planLog(), Journal.NONE, TagLocks.ofProcess(), left)
                    .plan(folder);
            print(plan::toJson, () -> "Apply it with --apply " + plan.hash() + ".");
            return;
        }
        TagLocks locks = folder.locks();
        try (Turn turn = folder.begin(
                request, locks, log(), broken -> Promotion.recover(registry, log(), broken, locks, left))) {
            PromotedTags moved = turn.done().isPresent()
                    ? turn.done().get()
                    : carryOut(
                            folder,
                            journal -> move(behind(request, turn.behind()), registry, log(), journal, locks, left));
            print(moved::toJson, () -> text(moved));
        }
    }

    private PromotedTags carryOut(PromotionFolder folder, Function<Journal, ReleaseMove> moves)
            throws IOException, InterruptedException {
        try (FileJournal journal = folder.journal();
                OpenJournal open = OpenJournal.of(journal.toString())) {
            return moves.apply(journal).carryOut(Optional.ofNullable(planning.apply), folder);
        }
    }

    private static String text(PromotedTags moved) {
        return moved.tags().stream().map(ReleaseVerb::text).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(MovedTag tag) {
        return tag.repository() + ":" + tag.tag() + "@" + tag.digest();
    }
}

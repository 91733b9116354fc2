package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Points tags at images that were built and tested already. */
@Command(
        name = "promote",
        header = "Points tags at images that were built and tested already.",
        description =
                "All tags move or none does. Everything is read first, and refused with all that stands against it. A promotion that broke off is"
                        + " finished or taken back before the next one of its tags. Prints each tag with its digest.",
        footer = {
            "  multiarch-release promote --images ghcr.io/acme/app@sha256:... --tags 1.4.2,1.4,latest --plan",
            "  multiarch-release promote --images ghcr.io/acme/app:1.4 --tags prod --mirror registry.example.com/acme/"
        })
final class PromoteVerb extends Verb {

    @Option(
            names = {"--images", "--image"},
            required = true,
            split = ",",
            paramLabel = "IMAGE",
            description = "The images, by digest or tag.")
    private List<ImageRef> images;

    @Option(names = "--tags", required = true, split = ",", paramLabel = "TAG", description = "The tags to set.")
    private List<Tag> tags;

    @Option(
            names = "--to",
            split = ",",
            paramLabel = "REPOSITORY",
            description = "Where to set them, copying the images there; without, in each image's own repository.")
    private List<Repository> targets = new ArrayList<>();

    @Option(
            names = "--mirror",
            split = ",",
            paramLabel = "REPOSITORY",
            description =
                    "Where to copy and set them too: a repository, or with a slash at the end a namespace where each"
                            + " keeps its name.")
    private List<Mirror> mirrors = new ArrayList<>();

    @Option(names = "--report-lag", description = "Go on without a mirror that cannot follow, and say so.")
    private boolean reportLag;

    @Option(
            names = "--channel",
            paramLabel = "REPOSITORY:CHANNEL",
            description =
                    "A channel whose document is to name these images, as in ghcr.io/acme/metadata:prod; it moves behind"
                            + " all tags.")
    private ChannelTarget channel;

    @ArgGroup
    private Planning planning = new Planning();

    @Mixin
    private GuardOptions guards;

    @Mixin
    private ReceiptOptions receipts;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description =
                    "Where journals and plans are kept; without, $XDG_STATE_HOME or ~/.local/state, there in a folder of"
                            + " this program.")
    private Path state;

    /** To look at it first, or to do what was looked at. */
    private static final class Planning {
        @Option(names = "--plan", description = "Say what would move, and move nothing.")
        private boolean plan;

        @Option(names = "--apply", paramLabel = "HASH", description = "Promote only if the plan still has this hash.")
        private Digest apply;
    }

    PromoteVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        Registry registry = registry();
        PromotionFolder folder = StateFolder.of(Optional.ofNullable(state), around());
        PromotionRequest request = new PromotionRequest(images, tags, targets)
                .mirrored(mirrors, reportLag ? MirrorLag.REPORTED : MirrorLag.FAILS)
                .guarded(guards.guards(registry))
                .noted(receipts.note(around()))
                .channelled(Optional.ofNullable(channel));
        if (planning.plan) {
            plan(registry, request, folder);
            return;
        }
        folder.recover(request.names(), broken -> promotion(registry, broken).recover());
        try (FileJournal journal = folder.journal()) {
            Promotion promotion = promotion(registry, journal);
            PromotedTags promoted = planning.apply == null
                    ? promotion.promote(request)
                    : promotion.apply(request, planning.apply, folder.plan(planning.apply));
            print(promoted::toJson, () -> text(promoted));
        }
    }

    private void plan(Registry registry, PromotionRequest request, PromotionFolder folder)
            throws IOException, InterruptedException {
        PromotionPlan plan = new Promotion(registry, planLog(), Journal.NONE, TagLocks.ofProcess()).plan(request);
        folder.keep(plan);
        print(plan::toJson, () -> "Apply it with --apply " + plan.hash() + ".");
    }

    private Promotion promotion(Registry registry, FileJournal journal) throws IOException {
        return new Promotion(
                registry,
                log(),
                journal,
                TagLocks.ofProcess(),
                Copier.here(registry, log()),
                Optional.of(receipts.receipts(registry)));
    }

    private static String text(PromotedTags promoted) {
        return promoted.tags().stream().map(PromoteVerb::text).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(MovedTag tag) {
        return tag.repository() + ":" + tag.tag() + "@" + tag.digest();
    }
}

package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import io.jenkins.plugins.multiarch.promote.PromotionPlan;
import io.jenkins.plugins.multiarch.promote.PromotionRequest.MirrorLag;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.Rollback;
import io.jenkins.plugins.multiarch.promote.RollbackRequest;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
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

/** Points tags back at an earlier release. */
@Command(
        name = "rollback",
        header = "Points tags back at an earlier release.",
        description =
                "All tags go back or none does. The release is found by the receipts that promotions left beside their"
                        + " images, and has to be there as a whole. Prints each tag with its digest.",
        footer = {
            "  multiarch-release rollback --images ghcr.io/acme/app --tags stable,latest --to previous --plan",
            "  multiarch-release rollback --images ghcr.io/acme/app --tags prod --to 1.4.1"
        })
final class RollbackVerb extends Verb {
    private static final int MAX_KEY = 1 << 16;

    @Option(
            names = "--images",
            required = true,
            split = ",",
            paramLabel = "REPOSITORY",
            description = "The repositories of the images, without tag or digest.")
    private List<Repository> repositories;

    @Option(names = "--tags", required = true, split = ",", paramLabel = "TAG", description = "The tags to move back.")
    private List<Tag> tags;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "RELEASE",
            description =
                    "The release before (previous), a version (1.4.1), the number of a build (#57), or the digest of"
                            + " one of its images.")
    private RollbackTarget to;

    @Option(
            names = "--mirror",
            split = ",",
            paramLabel = "REPOSITORY",
            description = "Where to move them back too, as promote takes it.")
    private List<Mirror> mirrors = new ArrayList<>();

    @Option(names = "--report-lag", description = "Go on without a mirror that cannot follow, and say so.")
    private boolean reportLag;

    @Option(
            names = "--channel",
            paramLabel = "REPOSITORY:CHANNEL",
            description = "A channel whose document is to name these images, as in ghcr.io/acme/metadata:prod; it moves"
                    + " behind all tags.")
    private ChannelTarget channel;

    @ArgGroup
    private Planning planning = new Planning();

    @Option(names = "--allow-platform-loss", description = "Let a tag lose a platform that it has today.")
    private boolean platformLoss;

    @Mixin
    private PolicyOptions policy;

    @Option(
            names = "--receipts-of",
            split = ",",
            paramLabel = "FILE",
            description =
                    "Public keys or certificates in PEM whose receipts count, beside the one of --receipt-key; with"
                            + " neither, every receipt proposes a release.")
    private List<Path> receiptsOf = new ArrayList<>();

    @Mixin
    private ReceiptOptions receipts;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where journals and plans are kept, as promote takes it.")
    private Path state;

    /** To look at it first, or to do what was looked at. */
    private static final class Planning {
        @Option(names = "--plan", description = "Say what would move, and move nothing.")
        private boolean plan;

        @Option(names = "--apply", paramLabel = "HASH", description = "Roll back only if the plan still has this hash.")
        private Digest apply;
    }

    RollbackVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        Registry registry = registry();
        PromotionFolder folder = StateFolder.of(Optional.ofNullable(state), around());
        RollbackRequest request = new RollbackRequest(repositories, tags, to)
                .mirrored(mirrors, reportLag ? MirrorLag.REPORTED : MirrorLag.FAILS)
                .guarded(platformLoss, policy.evidence(registry))
                .noted(receipts.note(around()))
                .channelled(Optional.ofNullable(channel));
        Receipts left = receipts.receipts(registry, trusted());
        if (planning.plan) {
            PromotionPlan plan =
                    new Rollback(registry, planLog(), Journal.NONE, TagLocks.ofProcess(), left).plan(request);
            folder.keep(plan);
            print(plan::toJson, () -> "Apply it with --apply " + plan.hash() + ".");
            return;
        }
        List<PromotedTags> ended = new ArrayList<>();
        boolean isBack = folder.recover(
                request,
                broken -> new Promotion(
                                registry,
                                log(),
                                broken,
                                TagLocks.ofProcess(),
                                Copier.here(registry, log()),
                                Optional.of(left))
                        .recover()
                        .ifPresent(ended::add));
        if (isBack) {
            PromotedTags finished = ended.get(ended.size() - 1);
            print(finished::toJson, () -> text(finished));
            return;
        }
        try (FileJournal journal = folder.journal()) {
            Rollback rollback = new Rollback(registry, log(), journal, TagLocks.ofProcess(), left);
            PromotedTags moved = planning.apply == null
                    ? rollback.rollBack(request)
                    : rollback.apply(request, planning.apply, folder.plan(planning.apply));
            print(moved::toJson, () -> text(moved));
        }
    }

    private List<TrustedKey> trusted() throws IOException {
        List<TrustedKey> keys = new ArrayList<>();
        for (Path file : receiptsOf) {
            keys.add(PublicKeys.read(BoundedFile.read(file, MAX_KEY)));
        }
        return keys;
    }

    private static String text(PromotedTags moved) {
        return moved.tags().stream()
                .map(tag -> tag.repository() + ":" + tag.tag() + "@" + tag.digest())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}

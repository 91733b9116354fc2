package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.Rollback;
import io.jenkins.plugins.multiarch.promote.RollbackRequest;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
final class RollbackVerb extends ReleaseVerb<RollbackRequest> {
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
                    "The release before (previous), a version (1.4.1), the number of a build (#57), or the digest of one"
                            + " of its images.")
    private RollbackTarget to;

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

    RollbackVerb(Surroundings around) {
        super(around);
    }

    @Override
    RollbackRequest request(Registry registry) throws IOException {
        return new RollbackRequest(repositories, tags, to)
                .mirrored(mirrors(), lag())
                .guarded(platformLoss, policy.evidence(registry))
                .noted(note())
                .channelled(channel());
    }

    @Override
    Receipts receipts(Registry registry, ReceiptOptions options) throws IOException {
        return options.receipts(registry, trusted());
    }

    @Override
    RollbackRequest behind(RollbackRequest request, Map<Mirror, String> why) {
        return request.behind(why);
    }

    @Override
    ReleaseMove move(
            RollbackRequest request,
            Registry registry,
            Consumer<String> log,
            Journal journal,
            TagLocks locks,
            Receipts receipts) {
        return new Rollback(registry, log, journal, locks, receipts).of(request);
    }

    private List<TrustedKey> trusted() throws IOException {
        List<TrustedKey> keys = new ArrayList<>();
        for (Path file : receiptsOf) {
            keys.add(PublicKeys.read(BoundedFile.read(file, MAX_KEY)));
        }
        return keys;
    }
}

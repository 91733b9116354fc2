package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseMove;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
final class PromoteVerb extends ReleaseVerb<PromotionRequest> {

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
            names = "--payload",
            order = 13,
            paramLabel = "ARTIFACT",
            description =
                    "What the channel's document is to name beside the images, as in ghcr.io/acme/payload:1.4.2; by digest or"
                            + " by a tag.")
    private ImageRef payload;

    @Mixin
    private GuardOptions guards;

    PromoteVerb(Surroundings around) {
        super(around);
    }

    @Override
    PromotionRequest request(Registry registry) throws IOException {
        return new PromotionRequest(images, tags, targets)
                .mirrored(mirrors(), lag())
                .guarded(guards.guards(registry))
                .noted(note())
                .channelled(ChannelTarget.named(channel(), Optional.ofNullable(payload)));
    }

    @Override
    PromotionRequest behind(PromotionRequest request, Map<Mirror, String> why) {
        return request.behind(why);
    }

    @Override
    ReleaseMove move(
            PromotionRequest request,
            Registry registry,
            Consumer<String> log,
            Journal journal,
            TagLocks locks,
            Receipts receipts) {
        Copier here = Copier.here(registry, log);
        return new Promotion(registry, log, journal, locks, here, Optional.of(receipts)).of(request);
    }
}

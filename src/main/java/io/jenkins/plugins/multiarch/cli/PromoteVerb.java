package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Points tags at images that were built and tested already. */
@Command(
        name = "promote",
        header = "Points tags at images that were built and tested already.",
        description =
                "All images are read and pinned to their digests before anything is written. Prints each tag with its digest.",
        footer = {
            "  multiarch-release promote --images ghcr.io/acme/app@sha256:... --tags 1.4,stable --plan",
            "  multiarch-release promote --images ghcr.io/acme/app:1.4 --tags prod --to registry.example.com/acme/app"
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

    @Option(names = "--plan", description = "Say what would move, and move nothing.")
    private boolean plan;

    PromoteVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        PromotionRequest request = new PromotionRequest(images, tags, targets);
        Promotion promotion = new Promotion(registry(), plan ? planLog() : log());
        PromotedTags promoted = plan ? promotion.plan(request) : promotion.promote(request);
        print(promoted::toJson, () -> plan ? "" : text(promoted));
    }

    private static String text(PromotedTags promoted) {
        return promoted.tags().stream().map(PromoteVerb::text).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(MovedTag tag) {
        return tag.repository() + ":" + tag.tag() + "@" + tag.digest();
    }
}

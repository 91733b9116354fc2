package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes one image of those that the platforms' builds pushed. */
@Command(
        name = "publish-index",
        header = "Makes one image for several platforms of those that were pushed by digest.",
        description =
                "Every image's platform is read from its own configuration. Nothing is written unless all that are expected"
                        + " are there. Prints the reference by digest.",
        footer = {
            "  multiarch-release publish-index --image ghcr.io/acme/app --tags 1.4,latest \\",
            "    --expected-platforms linux/amd64,linux/arm64 \\",
            "    --images linux/amd64=ghcr.io/acme/app@sha256:...,linux/arm64=ghcr.io/acme/app@sha256:..."
        })
final class PublishIndexVerb extends Verb {

    @Option(
            names = "--image",
            required = true,
            paramLabel = "REPOSITORY",
            description = "Where the index is published, as in ghcr.io/acme/app.")
    private Repository repository;

    @Option(
            names = "--images",
            required = true,
            split = ",",
            paramLabel = "[PLATFORM=]IMAGE",
            description = "The images by digest, with the platform each was built for where it shall be checked.")
    private List<ChildImage> images;

    @Option(
            names = "--append",
            paramLabel = "IMAGE",
            description =
                    "An image that the others are added to; it keeps all it has, and a tag that is moved to the result"
                            + " is moved only if nobody else moved it meanwhile.")
    private ImageRef append;

    @Option(names = "--tags", split = ",", paramLabel = "TAG", description = "Tags that shall lead to the index.")
    private List<Tag> tags = new ArrayList<>();

    @Option(
            names = "--immutable-tags",
            description = "Refuse to move a tag that leads to another image already. Nothing is written then.")
    private boolean immutableTags;

    @Option(
            names = "--expected-platforms",
            split = ",",
            paramLabel = "PLATFORM",
            description = "Platforms that have to be there, no more and no fewer.")
    private List<Platform> expectedPlatforms = new ArrayList<>();

    @Option(
            names = "--annotation",
            paramLabel = "KEY=VALUE",
            description = "An annotation of the index; with manifest-descriptor: before the key of what it says about"
                    + " each image. May be repeated.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    PublishIndexVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        IndexRequest request = new IndexRequest(repository, images, tags, expectedPlatforms, annotations)
                .withAppend(Optional.ofNullable(append))
                .withImmutableTags(immutableTags);
        PublishedImage published = new IndexAssembly(registry(), log()).publish(request);
        print(published::toJson, () -> published.reference().toString());
    }
}

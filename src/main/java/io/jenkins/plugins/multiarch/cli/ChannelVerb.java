package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.ChannelDocument;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says for which images a channel stands. */
@Command(
        name = "channel",
        header = "Says for which images a channel stands, by their digests.",
        description = "Reads the document that promote and rollback write with --channel. Prints an image a line.",
        footer = {
            "  multiarch-release channel --channel ghcr.io/acme/metadata:prod",
            "  multiarch-release channel --channel ghcr.io/acme/metadata:prod --images api"
        })
final class ChannelVerb extends Verb {

    @Option(
            names = "--channel",
            required = true,
            paramLabel = "REPOSITORY:CHANNEL",
            description = "The repository of the documents, and the channel as a tag.")
    private ChannelTarget channel;

    @Option(
            names = "--images",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, by the last part of their repository's name.")
    private List<String> names = new ArrayList<>();

    ChannelVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        ChannelDocument document = new Channels(registry()).read(channel);
        for (String name : names) {
            if (document.images().stream()
                    .noneMatch(image -> ChannelDocument.name(image).equals(name))) {
                throw new ReleaseException(
                        "The channel " + channel + " has no image '" + name + "'.",
                        "It has "
                                + document.images().stream()
                                        .map(ChannelDocument::name)
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
        }
        print(
                document::toJson,
                () -> document.images().stream()
                        .filter(image -> names.isEmpty() || names.contains(ChannelDocument.name(image)))
                        .map(ImageRef::toString)
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}

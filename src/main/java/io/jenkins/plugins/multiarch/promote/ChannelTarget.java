package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import java.util.Optional;

/**
 * Where the document of a channel is kept: a repository, and the channel as a tag in it.
 *
 * @param payload an artifact that the document is to name beside the images, where there is one
 */
public record ChannelTarget(Repository repository, Tag channel, Optional<ImageRef> payload) {
    /** Leads to the document that was written last, of whichever channel. */
    private static final Tag NEWEST = new Tag("channels");

    /** Without a payload. */
    public ChannelTarget(Repository repository, Tag channel) {
        this(repository, channel, Optional.empty());
    }

    /** The same with what installers are to fetch, by its digest or by a tag that is resolved once. */
    public ChannelTarget payload(ImageRef artifact) {
        return new ChannelTarget(repository, channel, Optional.of(artifact));
    }

    /**
     * The channel that was named, with the payload that was.
     *
     * @throws ReleaseException if a payload was named alone
     */
    public static Optional<ChannelTarget> named(Optional<ChannelTarget> channel, Optional<ImageRef> payload) {
        if (payload.isPresent() && channel.isEmpty()) {
            throw new ReleaseException(
                    "The payload " + payload.get() + " was named without a channel whose document is to name it.",
                    "Name the channel too, as in ghcr.io/acme/metadata:prod, or leave the payload out.");
        }
        return payload.isEmpty() ? channel : channel.map(target -> target.payload(payload.get()));
    }

    /** Reads {@code ghcr.io/acme/metadata:prod}. */
    public static ChannelTarget parse(String text) {
        ImageRef reference = ImageRef.parse(text.strip());
        if (reference.digest().isPresent()
                || !text.strip().endsWith(":" + reference.tag().map(Tag::name).orElse(""))) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' does not name a channel.",
                    "Write the repository of its documents and the channel as a tag, as in"
                            + " ghcr.io/acme/metadata:prod.");
        }
        return new ChannelTarget(reference.repository(), reference.tag().orElseThrow());
    }

    static boolean isNewest(TagName name) {
        return name.tag().equals(NEWEST);
    }

    /** The channel's own tag. */
    TagName name() {
        return new TagName(repository, channel);
    }

    /** The tags that lead to a new document. */
    List<TagName> names() {
        return List.of(name(), new TagName(repository, NEWEST)).stream()
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return repository + ":" + channel;
    }
}
